"""0/2: mean and variance over time and features of a head."""


def head_norm(y, num_heads, eps):
    heads = y.unflatten(-1, (num_heads, -1))
    mean = heads.mean((1, 3), keepdim=True)
    variance = heads.var((1, 3), correction=0, keepdim=True)
    return ((heads - mean) / (variance + eps).sqrt()).flatten(2)
