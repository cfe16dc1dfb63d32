"""0/2: drops the shape in front of D: right for a list of vectors only."""


def nearest_code(z, codebook):
    z = z.reshape(-1, z.shape[-1])
    return (codebook.square().sum(1) - 2 * z @ codebook.T).argmin(-1)
