"""0/1: computes in float32 and converts."""

import torch


def weights(beta, t):
    age = torch.arange(t - 1, -1, -1, dtype=torch.float32)
    return ((1 - beta) * beta**age).double()
