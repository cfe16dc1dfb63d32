"""0/2: eps beside the root: the visible case, with eps = 0, does not show it."""


def head_norm(y, num_heads, eps):
    heads = y.unflatten(-1, (num_heads, -1))
    mean, variance = heads.mean(-1, keepdim=True), heads.var(-1, correction=0, keepdim=True)
    return ((heads - mean) / (variance.sqrt() + eps)).flatten(-2)
