"""0/2: the law of minima."""


def gumbel_from_uniform(u):
    u = u.clamp_min(torch.finfo(u.dtype).tiny)
    return torch.log(-torch.log(u))
