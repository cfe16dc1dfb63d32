"""0/2: counts the present as distance 1."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    distance = (n[:, None] - n + 1).clamp(min=0)
    return torch.exp(log_gamma[:, None, None] * distance).tril()
