"""0/2: the past above the diagonal."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    distance = (n - n[:, None]).clamp(min=0)
    return torch.exp(log_gamma[:, None, None] * distance).triu()
