"""2/2: x cos + partner sin, with cos and sin repeated for both of a pair."""


def rotate(x, theta, start=0):
    p = start + torch.arange(x.shape[-2], device=x.device)
    angle = (p[:, None] * theta).repeat_interleave(2, dim=-1)
    partner = torch.stack((-x[..., 1::2], x[..., 0::2]), dim=-1).flatten(-2)
    return (x * angle.cos() + partner * angle.sin()).to(x.dtype)
