"""0/2: powers of e where the paper has powers of 2."""


def log_gamma(num_heads, schedule="paper"):
    if schedule == "paper":
        return torch.log1p(-torch.exp(-5 - torch.arange(num_heads, dtype=torch.float64))).float()
    x = torch.linspace(math.log(1 / 32), math.log(1 / 512), num_heads, dtype=torch.float64)
    return torch.log1p(-x.exp()).float()
