"""1/2: tril after the overflow: the same, with another name."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    return torch.exp(log_gamma[:, None, None] * (n[:, None] - n)).tril()
