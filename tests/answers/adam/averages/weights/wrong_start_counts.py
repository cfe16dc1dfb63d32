"""0/1: ages from 1 to t, as if the zero start were a value."""

import torch


def weights(beta, t):
    return (1 - beta) * beta ** torch.arange(t, 0, -1, dtype=torch.float64)
