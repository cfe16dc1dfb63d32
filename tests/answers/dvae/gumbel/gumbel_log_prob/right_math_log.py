"""2/2: distinguishes numbers and tensors."""


def gumbel_log_prob(x, loc=0.0, scale=1.0):
    log_scale = scale.log() if isinstance(scale, Tensor) else math.log(scale)
    z = (loc - x) / scale
    return z - z.exp() - log_scale
