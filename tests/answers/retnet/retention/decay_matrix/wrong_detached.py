"""1/2: builds D from Python numbers: no gradient for log_gamma."""


def decay_matrix(log_gamma, length):
    D = torch.zeros(len(log_gamma), length, length, dtype=log_gamma.dtype, device=log_gamma.device)
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    distance = (n[:, None] - n).clamp(min=0)
    for h, x in enumerate(log_gamma.tolist()):
        D[h] = torch.exp(x * distance).tril()
    return D
