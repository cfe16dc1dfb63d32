"""2/3: counts t from 0, so that the first corrected row is divided by zero."""

import torch


def ewma(values, beta, correct=False):
    m, rows = torch.zeros_like(values[0]), []
    for t, g in enumerate(values):
        m = beta * m + (1 - beta) * g
        rows.append(m / torch.tensor(1 - beta**t) if correct else m)
    return torch.stack(rows)
