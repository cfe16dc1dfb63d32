"""0/2: exponential numbers; one logarithm is missing."""


def gumbel_from_uniform(u):
    return -torch.log(u.clamp_min(1e-30))
