"""3/3: the corrected mean from sums of values and of weights."""

import torch


def ewma(values, beta, correct=False):
    total, weight, rows = torch.zeros_like(values[0]), 0.0, []
    for g in values:
        total = beta * total + g
        weight = beta * weight + 1
        rows.append(total / weight if correct else total * (1 - beta))
    return torch.stack(rows)
