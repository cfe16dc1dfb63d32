"""1/2: clamps the numbers that it was given."""


def gumbel_from_uniform(u):
    return -torch.log(-torch.log(u.clamp_(min=1e-30)))
