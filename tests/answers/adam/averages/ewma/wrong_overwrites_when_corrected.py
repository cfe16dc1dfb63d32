"""2/3: the divisor goes into the values."""

import torch


def ewma(values, beta, correct=False):
    if correct:
        m = torch.zeros_like(values[0])
        for t in range(len(values)):
            m = beta * m + (1 - beta) * values[t]
            values[t] = m / (1 - beta ** (t + 1))
        return values
    m, rows = torch.zeros_like(values[0]), []
    for g in values:
        m = beta * m + (1 - beta) * g
        rows.append(m)
    return torch.stack(rows)
