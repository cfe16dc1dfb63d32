"""2/2: float32 all the way: log1p never computes 1 - 2^-37."""


def log_gamma(num_heads, schedule="paper"):
    if schedule == "paper":
        forgotten = 2.0 ** -torch.arange(5.0, 5.0 + num_heads)
    else:
        forgotten = torch.logspace(-5, -9, num_heads, base=2.0)
    return torch.log1p(-forgotten)
