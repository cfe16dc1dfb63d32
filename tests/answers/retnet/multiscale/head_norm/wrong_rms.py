"""0/2: torchscale's root mean square: the mean stays in."""


def head_norm(y, num_heads, eps):
    heads = y.unflatten(-1, (num_heads, -1))
    return (heads * torch.rsqrt(heads.square().mean(-1, keepdim=True) + eps)).flatten(-2)
