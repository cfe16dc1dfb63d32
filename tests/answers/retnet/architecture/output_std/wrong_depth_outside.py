"""0/2: divides by L instead of the root of 2 L."""


def output_std(activation, fan_in, num_layers, growth):
    z = torch.linspace(-10, 10, 20_001, dtype=torch.float64)
    density = torch.exp(-z.square() / 2) / math.sqrt(2 * math.pi)
    mean_square = torch.trapezoid(activation(z) ** 2 * density, z).item()
    return math.sqrt(growth / (fan_in * mean_square)) / num_layers
