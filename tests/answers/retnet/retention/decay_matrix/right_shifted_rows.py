"""2/2: one vector of powers, and every row a piece of it."""


def decay_matrix(log_gamma, length):
    n = torch.arange(length, device=log_gamma.device)
    powers = torch.exp(log_gamma[:, None] * n)  # (H, length)
    powers = torch.cat([powers, powers.new_zeros(len(log_gamma), 1)], dim=1)
    distance = n[:, None] - n
    return powers[:, torch.where(distance < 0, length, distance)]
