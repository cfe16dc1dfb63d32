"""0/2: the variance of a in place of its mean square."""


def output_std(activation, fan_in, num_layers, growth):
    z = torch.linspace(-10, 10, 20_001, dtype=torch.float64)
    density = torch.exp(-z.square() / 2) / math.sqrt(2 * math.pi)
    mean_square = torch.trapezoid(activation(z) ** 2 * density, z).item()
    mean = torch.trapezoid(activation(z) * density, z).item()
    return math.sqrt(growth / (2 * num_layers * fan_in * (mean_square - mean**2)))
