"""0/3: writes the averages over the values."""

import torch


def ewma(values, beta, correct=False):
    m = torch.zeros_like(values[0])
    for t in range(len(values)):
        m = beta * m + (1 - beta) * values[t]
        values[t] = m / (1 - beta ** (t + 1)) if correct else m
    return values
