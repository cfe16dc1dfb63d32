"""0/2: draws noise of its own instead of transforming u."""


def gumbel_from_uniform(u):
    return -torch.log(-torch.log(torch.rand_like(u).clamp_min(1e-30)))
