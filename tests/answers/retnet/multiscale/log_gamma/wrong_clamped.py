"""1/2: cures gamma = 1 by a clamp: below 0, and wrong."""


def log_gamma(num_heads, schedule="paper"):
    if schedule == "paper":
        gamma = 1 - torch.exp2(-5 - torch.arange(num_heads, dtype=torch.float32))
    else:
        gamma = 1 - torch.exp(torch.linspace(math.log(1 / 32), math.log(1 / 512), num_heads))
    return gamma.log().clamp(max=-1e-9)
