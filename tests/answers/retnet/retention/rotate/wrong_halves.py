"""1/2: pairs feature i with i + d / 2: a rotation, with every invariant, and another one."""


def rotate(x, theta, start=0):
    p = torch.arange(start, start + x.shape[-2], device=x.device)
    angle = (p[:, None] * theta).to(x.dtype)
    a, b = x.chunk(2, dim=-1)
    cos, sin = angle.cos(), angle.sin()
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)
