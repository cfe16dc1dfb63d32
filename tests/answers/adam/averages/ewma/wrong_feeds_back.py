"""2/3: goes on from the corrected average."""

import torch


def ewma(values, beta, correct=False):
    m, rows = torch.zeros_like(values[0]), []
    for t, g in enumerate(values, start=1):
        m = beta * m + (1 - beta) * g
        if correct:
            m = m / (1 - beta**t)
        rows.append(m)
    return torch.stack(rows)
