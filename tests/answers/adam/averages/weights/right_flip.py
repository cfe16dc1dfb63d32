"""1/1: by age, then turned round."""

import torch


def weights(beta, t):
    base = torch.full((t,), float(beta), dtype=torch.float64)
    return ((1 - beta) * base ** torch.arange(t)).flip(0)
