"""0/2: the logarithm to base 2."""


def log_gamma(num_heads, schedule="paper"):
    if schedule == "paper":
        z = torch.exp2(-5 - torch.arange(num_heads, dtype=torch.float64))
    else:
        z = torch.linspace(
            math.log(1 / 32), math.log(1 / 512), num_heads, dtype=torch.float64
        ).exp()
    return torch.log2(1 - z).float()
