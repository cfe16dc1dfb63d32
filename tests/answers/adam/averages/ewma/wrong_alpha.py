"""0/3: takes beta for the weight of the new value."""

import torch


def ewma(values, beta, correct=False):
    m, rows = torch.zeros_like(values[0]), []
    for t, g in enumerate(values, start=1):
        m = (1 - beta) * m + beta * g
        rows.append(m / (1 - (1 - beta) ** t) if correct else m)
    return torch.stack(rows)
