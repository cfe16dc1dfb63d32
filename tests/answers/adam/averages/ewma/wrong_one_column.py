"""0/3: averages a matrix as one long series."""

import torch


def ewma(values, beta, correct=False):
    m, rows = 0.0, []
    for t, g in enumerate(values.flatten(), start=1):
        m = beta * m + (1 - beta) * g
        rows.append(m / (1 - beta**t) if correct else m)
    return torch.stack(rows).reshape(values.shape)
