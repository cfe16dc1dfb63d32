"""2/3: returns float64 whatever came in."""

import torch


def ewma(values, beta, correct=False):
    m, rows = torch.zeros_like(values[0], dtype=torch.float64), []
    for t, g in enumerate(values.double(), start=1):
        m = beta * m + (1 - beta) * g
        rows.append(m / (1 - beta**t) if correct else m)
    return torch.stack(rows)
