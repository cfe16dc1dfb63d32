"""1/2: the conjugate: turns the other way, which no inner product of equals notices."""


def rotate(x, theta, start=0):
    p = torch.arange(start, start + x.shape[-2], device=x.device)
    angle = (p[:, None] * theta).to(x.dtype)
    a, b = x[..., 0::2], x[..., 1::2]
    cos, sin = angle.cos(), angle.sin()
    return torch.stack((a * cos + b * sin, b * cos - a * sin), dim=-1).flatten(-2)
