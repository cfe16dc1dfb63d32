"""3/3: one matrix of weights, one product."""

import torch


def ewma(values, beta, correct=False):
    T = len(values)
    step = torch.arange(T, device=values.device)
    age = step[:, None] - step
    w = torch.where(
        age >= 0, (1 - beta) * torch.tensor(beta, dtype=torch.float64) ** age.clamp(min=0), 0
    )
    if correct:
        w = w / w.sum(1, keepdim=True)
    flat = values.reshape(T, -1)
    return (w.to(values.dtype) @ flat).reshape(values.shape)
