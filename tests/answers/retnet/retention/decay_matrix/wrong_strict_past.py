"""0/2: zeros on the diagonal: a position does not see itself."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    distance = (n[:, None] - n).clamp(min=0)
    return torch.exp(log_gamma[:, None, None] * distance).tril(-1)
