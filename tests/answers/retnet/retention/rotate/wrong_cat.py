"""1/2: turns neighbours and leaves the two halves side by side: the order has changed."""


def rotate(x, theta, start=0):
    p = torch.arange(start, start + x.shape[-2], device=x.device)
    angle = (p[:, None] * theta).to(x.dtype)
    a, b = x[..., 0::2], x[..., 1::2]
    cos, sin = angle.cos(), angle.sin()
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)
