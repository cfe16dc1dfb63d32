"""0/2: fades with |n - m| in both directions: the future is not masked."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    return torch.exp(log_gamma[:, None, None] * (n[:, None] - n).abs())
