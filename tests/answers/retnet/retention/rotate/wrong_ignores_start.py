"""0/2: every piece begins at position 0."""


def rotate(x, theta, start=0):
    angle = (torch.arange(x.shape[-2], device=x.device)[:, None] * theta).to(x.dtype)
    a, b = x[..., 0::2], x[..., 1::2]
    cos, sin = angle.cos(), angle.sin()
    return torch.stack((a * cos - b * sin, a * sin + b * cos), dim=-1).flatten(-2)
