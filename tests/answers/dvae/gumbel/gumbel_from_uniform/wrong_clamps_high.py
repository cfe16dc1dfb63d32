"""1/2: clamps to machine epsilon, above the smallest number torch.rand returns."""


def gumbel_from_uniform(u):
    return -torch.log(-torch.log(u.clamp(min=1.2e-7)))
