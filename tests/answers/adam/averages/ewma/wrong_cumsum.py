"""1/3: divides by beta**k before a cumulative sum, which overflows in a long series."""

import torch


def ewma(values, beta, correct=False):
    if beta == 0:
        return values.clone()
    t = torch.arange(1, len(values) + 1, dtype=torch.float64, device=values.device)
    scale = (float(beta) ** t).reshape(-1, *[1] * (values.dim() - 1))
    out = (1 - beta) * scale * (values / scale).cumsum(0)
    return (out / (1 - scale) if correct else out).to(values.dtype)
