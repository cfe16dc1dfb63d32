"""1/2: writes into x."""


def rotate(x, theta, start=0):
    p = torch.arange(start, start + x.shape[-2], device=x.device)
    angle = (p[:, None] * theta).to(x.dtype)
    a, b = x[..., 0::2].clone(), x[..., 1::2].clone()
    x[..., 0::2] = a * angle.cos() - b * angle.sin()
    x[..., 1::2] = a * angle.sin() + b * angle.cos()
    return x
