"""3/3: writes lerps into a copy, then divides."""

import torch


def ewma(values, beta, correct=False):
    out = values.clone()
    out[0] *= 1 - beta
    for t in range(1, len(values)):
        out[t] = torch.lerp(out[t - 1], values[t], 1 - beta)
    if correct:
        divisor = 1 - beta ** torch.arange(1, len(values) + 1, dtype=torch.float64)
        shape = (-1, *[1] * (values.dim() - 1))
        out /= divisor.to(values.device, values.dtype).reshape(shape)
    return out
