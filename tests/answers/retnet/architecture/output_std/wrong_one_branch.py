"""0/2: counts L branches: the stream grows twice as much."""


def output_std(activation, fan_in, num_layers, growth):
    z = torch.linspace(-10, 10, 20_001, dtype=torch.float64)
    density = torch.exp(-z.square() / 2) / math.sqrt(2 * math.pi)
    mean_square = torch.trapezoid(activation(z) ** 2 * density, z).item()
    return math.sqrt(growth / (num_layers * fan_in * mean_square))
