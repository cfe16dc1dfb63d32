"""0/2: treats the activation as if it passed everything on."""


def output_std(activation, fan_in, num_layers, growth):
    return math.sqrt(growth / (2 * num_layers * fan_in))
