"""2/2: powers of gamma, with distances that were made harmless first."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, device=log_gamma.device)
    past = (n[:, None] >= n).to(log_gamma.dtype)
    distance = (n[:, None] - n).abs()
    return log_gamma.exp()[:, None, None] ** distance * past
