"""2/2: the formula as it stands, in float64, cast at the end."""


def log_gamma(num_heads, schedule="paper"):
    h = torch.arange(num_heads, dtype=torch.float64)
    if schedule == "paper":
        gamma = 1 - 2 ** (-5 - h)
    else:
        step = h / max(num_heads - 1, 1)
        gamma = 1 - torch.exp(math.log(1 / 32) + step * math.log(32 / 512))
    return gamma.log().float()
