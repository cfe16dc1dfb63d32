"""1/2: torch.where after the overflow: finite forward, not a number in the gradient."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    distance = n[:, None] - n
    return torch.where(distance >= 0, torch.exp(log_gamma[:, None, None] * distance), 0.0)
