"""1/2: gamma^n times gamma^-m: the split of Eq. 3."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, dtype=log_gamma.dtype, device=log_gamma.device)
    row = torch.exp(log_gamma[:, None] * n)
    column = torch.exp(-log_gamma[:, None] * n)
    return (row[:, :, None] * column[:, None, :]).tril()
