"""1/2: the page's line: subtracts the 1 at the end."""


def read_error(gamma, d_k, length):
    weight = gamma ** torch.arange(length, dtype=torch.float64)
    return ((weight.square().sum() / weight.square() - 1) / d_k).sqrt()
