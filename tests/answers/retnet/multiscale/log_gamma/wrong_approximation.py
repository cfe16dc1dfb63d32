"""0/2: ln(1 - z) = -z is good to one digit or two only."""


def log_gamma(num_heads, schedule="paper"):
    if schedule == "paper":
        return -torch.exp2(-5 - torch.arange(num_heads, dtype=torch.float64)).float()
    x = torch.linspace(math.log(1 / 32), math.log(1 / 512), num_heads, dtype=torch.float64)
    return -x.exp().float()
