"""0/2: the page's width of 256 in place of fan_in."""


def output_std(activation, fan_in, num_layers, growth):
    z = torch.linspace(-10, 10, 20_001, dtype=torch.float64)
    density = torch.exp(-z.square() / 2) / math.sqrt(2 * math.pi)
    mean_square = torch.trapezoid(activation(z) ** 2 * density, z).item()
    return math.sqrt(growth / (2 * num_layers * 256 * mean_square))
