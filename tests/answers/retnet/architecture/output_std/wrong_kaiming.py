"""1/2: Kaiming's factor 2: right for ReLU alone."""


def output_std(activation, fan_in, num_layers, growth):
    return math.sqrt(2 / fan_in) * math.sqrt(growth / (2 * num_layers))
