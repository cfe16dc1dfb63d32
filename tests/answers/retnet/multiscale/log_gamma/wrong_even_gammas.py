"""0/2: gammas evenly spaced from 31/32 to 511/512: the ends are right, no head between."""


def log_gamma(num_heads, schedule="paper"):
    if schedule == "paper":
        return torch.log1p(-torch.exp2(-5 - torch.arange(num_heads, dtype=torch.float64))).float()
    return torch.linspace(31 / 32, 511 / 512, num_heads, dtype=torch.float64).log().float()
