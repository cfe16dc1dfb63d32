"""0/1: starts at the first value, which then has no factor 1 - beta."""

import torch


def weights(beta, t):
    w = (1 - beta) * beta ** torch.arange(t - 1, -1, -1, dtype=torch.float64)
    w[:1] /= 1 - beta
    return w
