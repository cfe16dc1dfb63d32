"""2/2: multiplies complex numbers."""


def rotate(x, theta, start=0):
    z = torch.view_as_complex(x.unflatten(-1, (-1, 2)).contiguous())
    p = torch.arange(x.shape[-2], device=x.device) + start
    angle = (p[:, None] * theta).to(x.dtype)
    return torch.view_as_real(z * torch.polar(torch.ones_like(angle), angle)).flatten(-2)
