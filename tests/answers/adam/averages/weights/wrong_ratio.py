"""0/1: multiplies up from the oldest weight by 1 / beta: beta 0 is lost."""

import torch


def weights(beta, t):
    if t == 0:
        return torch.zeros(0, dtype=torch.float64)
    w = [(1 - beta) * beta ** (t - 1)]
    for _ in range(t - 1):
        w.append(w[-1] / beta)
    return torch.tensor(w, dtype=torch.float64)
