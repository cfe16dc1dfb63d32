"""1/2: calls the library; right, but it is closed where sizes are measured."""


def nearest_code(z, codebook):
    return torch.cdist(z.reshape(-1, z.shape[-1]), codebook).argmin(1).reshape(z.shape[:-1])
