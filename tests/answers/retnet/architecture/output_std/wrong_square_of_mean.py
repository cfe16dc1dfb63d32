"""0/2: squares the mean instead of averaging the squares."""


def output_std(activation, fan_in, num_layers, growth):
    z = torch.linspace(-10, 10, 20_001, dtype=torch.float64)
    density = torch.exp(-z.square() / 2) / math.sqrt(2 * math.pi)
    mean_square = torch.trapezoid(activation(z) ** 2 * density, z).item()
    mean = torch.trapezoid(activation(z) * density, z).item()
    return math.sqrt(growth / (2 * num_layers * fan_in)) / abs(mean + 1e-9)
