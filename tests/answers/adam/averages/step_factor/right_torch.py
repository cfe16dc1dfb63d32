"""2/2: torch's expm1 and log1p, in float64, where the logarithm of 0 is -inf."""

import torch


def step_factor(beta1, beta2, t):
    betas = torch.tensor([beta1, beta2], dtype=torch.float64)
    top, below = -torch.expm1(t * torch.log1p(betas - 1))
    return (top / below.sqrt()).item()
