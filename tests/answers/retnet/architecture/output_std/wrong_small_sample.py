"""0/2: a hundred draws: ten percent off."""


def output_std(activation, fan_in, num_layers, growth):
    z = torch.randn(100, generator=torch.Generator().manual_seed(1))
    return math.sqrt(growth / (2 * num_layers * fan_in * activation(z).square().mean().item()))
