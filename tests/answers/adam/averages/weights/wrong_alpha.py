"""0/1: takes beta for alpha."""

import torch


def weights(beta, t):
    return beta * (1 - beta) ** torch.arange(t - 1, -1, -1, dtype=torch.float64)
