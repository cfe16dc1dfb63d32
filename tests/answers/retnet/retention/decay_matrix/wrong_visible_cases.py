"""0/2: knows the visible answer."""


def decay_matrix(log_gamma, length):
    half = [[1, 0, 0], [0.5, 1, 0], [0.25, 0.5, 1]]
    quarter = [[1, 0, 0], [0.25, 1, 0], [0.0625, 0.25, 1]]
    return torch.tensor([half, quarter])
