"""0/2: the eps of 1e-6 that one often sees bends both tails."""


def gumbel_from_uniform(u):
    eps = 1e-6
    return -torch.log(-torch.log(u + eps) + eps)
