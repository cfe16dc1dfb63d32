"""0/2: a layer norm of the whole token: the loud heads drown the quick ones."""


def head_norm(y, num_heads, eps):
    mean, variance = y.mean(-1, keepdim=True), y.var(-1, correction=0, keepdim=True)
    return (y - mean) / (variance + eps).sqrt()
