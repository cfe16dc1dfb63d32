"""0/2: returns gamma, not its logarithm."""


def log_gamma(num_heads, schedule="paper"):
    if schedule == "paper":
        return 1 - torch.exp2(-5 - torch.arange(num_heads, dtype=torch.float32))
    return 1 - torch.linspace(math.log(1 / 32), math.log(1 / 512), num_heads).exp()
