"""1/2: masks by a product, after the overflow: not a number."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    distance = n[:, None] - n
    return torch.exp(log_gamma[:, None, None] * distance) * (distance >= 0)
