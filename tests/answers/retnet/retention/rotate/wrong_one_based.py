"""1/2: positions from 1: distances are right, and a cached key of another program is not."""


def rotate(x, theta, start=0):
    p = torch.arange(start + 1, start + 1 + x.shape[-2], device=x.device)
    angle = (p[:, None] * theta).to(x.dtype)
    a, b = x[..., 0::2], x[..., 1::2]
    cos, sin = angle.cos(), angle.sin()
    return torch.stack((a * cos - b * sin, a * sin + b * cos), dim=-1).flatten(-2)
