"""1/2: divides by num_heads - 1: nan for a single head."""


def log_gamma(num_heads, schedule="paper"):
    h = torch.arange(num_heads, dtype=torch.float64)
    if schedule == "paper":
        return torch.log1p(-torch.exp2(-5 - h)).float()
    return torch.log1p(-torch.exp2(-5 - 4 * h / (num_heads - 1))).float()
