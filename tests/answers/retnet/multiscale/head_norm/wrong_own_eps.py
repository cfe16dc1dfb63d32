"""0/2: ignores eps."""


def head_norm(y, num_heads, eps):
    heads = y.unflatten(-1, (num_heads, -1))
    mean, variance = heads.mean(-1, keepdim=True), heads.var(-1, correction=0, keepdim=True)
    return ((heads - mean) / (variance + 1e-6).sqrt()).flatten(-2)
