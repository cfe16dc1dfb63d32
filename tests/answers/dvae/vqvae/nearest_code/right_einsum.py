"""2/2: the matrix product as einsum, the largest score instead of the smallest distance."""


def nearest_code(z, codebook):
    dot = torch.einsum("...d,kd->...k", z, codebook)
    return torch.max(dot - 0.5 * (codebook * codebook).sum(1), dim=-1).indices
