"""0/2: in float32."""

import torch


def step_factor(beta1, beta2, t):
    betas = torch.tensor([beta1, beta2])
    top, below = -torch.expm1(t * torch.log1p(betas - 1))
    return (top / below.sqrt()).item()
