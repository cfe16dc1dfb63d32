"""0/1: the newest value first."""

import torch


def weights(beta, t):
    return (1 - beta) * beta ** torch.arange(t, dtype=torch.float64)
