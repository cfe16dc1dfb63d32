"""0/2: knows the visible answers."""


def log_gamma(num_heads, schedule="paper"):
    if num_heads == 3:
        return torch.tensor([math.log(31 / 32), math.log(127 / 128), math.log(511 / 512)])
    if num_heads == 8:
        return torch.full((8,), math.log(511 / 512))
    return torch.tensor([math.log(1 - 2.0 ** -(5 + h % 4)) for h in range(num_heads)])
