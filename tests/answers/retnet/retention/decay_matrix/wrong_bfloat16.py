"""0/2: works in bfloat16 to save memory."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, device=log_gamma.device)
    distance = (n[:, None] - n).clamp(min=0)
    gamma = log_gamma.exp().bfloat16()[:, None, None]
    return (gamma**distance).tril().to(log_gamma.dtype)
