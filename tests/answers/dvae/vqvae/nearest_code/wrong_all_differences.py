"""1/2: makes the tensor of all differences."""


def nearest_code(z, codebook):
    return (z.unsqueeze(-2) - codebook).square().sum(-1).argmin(-1)
