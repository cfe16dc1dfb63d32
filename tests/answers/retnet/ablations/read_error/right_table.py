"""2/2: all pairs of powers in a matrix: slow, and right."""


def read_error(gamma, d_k, length):
    n = torch.arange(length, dtype=torch.float64)
    powers = torch.tensor(gamma, dtype=torch.float64) ** (2 * (n[None, :] - n[:, None]))
    others = 1 - torch.eye(length, dtype=torch.float64)
    return ((powers * others).sum(1) / d_k).sqrt()
