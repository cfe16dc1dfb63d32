"""0/2: clamps the distance and forgets the mask: ones above the diagonal."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    return torch.exp(log_gamma[:, None, None] * (n[:, None] - n).clamp(min=0))
