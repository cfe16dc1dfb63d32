"""1/2: sweeps the nan away afterwards; it is still in the gradient."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    distance = n[:, None] - n
    D = torch.exp(log_gamma[:, None, None] * distance) * (distance >= 0)
    return D.nan_to_num(0.0)
