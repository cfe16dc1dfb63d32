"""2/2: a Riemann sum, normalised by its own weights."""


def output_std(activation, fan_in, num_layers, growth):
    z = torch.arange(-8, 8, 0.001)
    weight = torch.exp(-(z**2) / 2).double()
    mean_square = float((weight * activation(z).double() ** 2).sum() / weight.sum())
    return math.sqrt(growth) / math.sqrt(2 * num_layers * fan_in * mean_square)
