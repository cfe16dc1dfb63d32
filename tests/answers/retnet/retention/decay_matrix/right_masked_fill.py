"""2/2: makes the exponent minus infinity above the diagonal."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, device=log_gamma.device).to(log_gamma.dtype)
    distance = n[:, None] - n
    future = distance < 0
    exponent = log_gamma[:, None, None] * distance.masked_fill(future, 0)
    return exponent.exp().masked_fill(future, 0)
