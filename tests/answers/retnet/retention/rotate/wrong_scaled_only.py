"""0/2: the real part alone: x cos."""


def rotate(x, theta, start=0):
    p = torch.arange(start, start + x.shape[-2], device=x.device)
    angle = (p[:, None] * theta).to(x.dtype)
    return x * angle.cos().repeat_interleave(2, dim=-1)
