"""2/3: divides every row by the last row's divisor."""

import torch


def ewma(values, beta, correct=False):
    m, rows = torch.zeros_like(values[0]), []
    for g in values:
        m = beta * m + (1 - beta) * g
        rows.append(m)
    out = torch.stack(rows)
    return out / (1 - beta ** len(values)) if correct else out
