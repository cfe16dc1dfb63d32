"""2/2: a matrix of 2 by 2 for each position and pair."""


def rotate(x, theta, start=0):
    p = torch.arange(start, start + x.size(-2), device=x.device, dtype=theta.dtype)
    a = torch.outer(p, theta)
    R = torch.stack([a.cos(), -a.sin(), a.sin(), a.cos()], -1).unflatten(-1, (2, 2)).to(x.dtype)
    pairs = x.reshape(*x.shape[:-1], -1, 2, 1)
    return (R @ pairs).reshape(x.shape)
