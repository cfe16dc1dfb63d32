"""2/2: plain Python numbers, one head at a time."""


def log_gamma(num_heads, schedule="paper"):
    values = []
    for h in range(num_heads):
        if schedule == "paper":
            z = 2.0 ** (-5 - h)
        else:
            z = 2.0 ** (-5 - 4 * h / (num_heads - 1)) if num_heads > 1 else 1 / 32
        values.append(math.log1p(-z))
    return torch.tensor(values)
