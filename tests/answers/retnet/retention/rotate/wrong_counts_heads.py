"""0/2: takes the second dimension for the time: that of the heads, in (B, H, T, d)."""


def rotate(x, theta, start=0):
    if x.dim() == 2:
        x, squeeze = x[None], True
    else:
        squeeze = False
    p = torch.arange(start, start + x.shape[1], device=x.device).to(x.dtype)
    angle = (p[:, None] * theta.to(x)).view(1, x.shape[1], *[1] * (x.dim() - 3), -1)
    a, b = x[..., 0::2], x[..., 1::2]
    cos, sin = angle.cos(), angle.sin()
    out = torch.stack((a * cos - b * sin, a * sin + b * cos), dim=-1).flatten(-2)
    return out[0] if squeeze else out
