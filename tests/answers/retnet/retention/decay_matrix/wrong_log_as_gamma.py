"""0/2: takes log_gamma for gamma."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, device=log_gamma.device)
    return (log_gamma[:, None, None] ** (n[:, None] - n).clamp(min=0)).tril()
