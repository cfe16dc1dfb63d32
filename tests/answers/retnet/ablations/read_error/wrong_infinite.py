"""0/2: an endless past: the geometric series to infinity."""


def read_error(gamma, d_k, length):
    j = torch.arange(length, dtype=torch.float64)
    total = length if gamma == 1 else 1 / (1 - gamma**2)
    return ((total / gamma ** (2 * j) - 1) / d_k).sqrt()
