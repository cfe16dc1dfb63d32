"""0/2: counts heads from 1: the first head gets a horizon of 64."""


def log_gamma(num_heads, schedule="paper"):
    h = torch.arange(1, num_heads + 1, dtype=torch.float64)
    if schedule == "paper":
        return torch.log1p(-torch.exp2(-5 - h)).float()
    x = torch.linspace(math.log(1 / 32), math.log(1 / 512), num_heads, dtype=torch.float64)
    return torch.log1p(-x.exp()).float()
