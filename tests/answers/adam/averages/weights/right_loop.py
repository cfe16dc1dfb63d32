"""1/1: one after another, from the newest back."""

import torch


def weights(beta, t):
    found, weight = [], 1 - beta
    for _ in range(t):
        found.append(weight)
        weight *= beta
    return torch.tensor(found[::-1], dtype=torch.float64)
