"""The problem on which Adam goes the wrong way (Reddi, Kale & Kumar 2018, Theorems 1 and 3).

An online game on [-1, 1]: choose x_t, then pay f_t(x_t) = g_t x_t. Every third gradient is C, the
others are -1, so that for C > 2 the best fixed choice is -1 and the worst is +1.
"""

from collections.abc import Callable

import torch
from torch import Tensor

MakeOptimizer = Callable[[list[torch.nn.Parameter]], torch.optim.Optimizer]


def reddi_gradients(steps: int, C: float = 4.0) -> Tensor:
    """g_1, ..., g_steps: C where t mod 3 = 1, else -1. Shape (steps, 1)."""
    t = torch.arange(1, steps + 1)
    return torch.where(t % 3 == 1, C, -1.0).double()[:, None]


def rare_gradients(steps: int, games: int, C: float, p: float, seed: int = 0) -> Tensor:
    """Each gradient is C with probability ``p``, else -1. Shape (steps, games)."""
    draws = torch.rand(steps, games, generator=torch.Generator().manual_seed(seed))
    return torch.where(draws < p, C, -1.0).double()


def play(make_optimizer: MakeOptimizer, gradients: Tensor, x1: float = 0.0) -> Tensor:
    """Play one game per column of ``gradients``; return the choices x_1, ..., x_T.

    The learning rate of step t is the optimizer's own over sqrt(t), as in the theorems,
    and each step is followed by the projection onto [-1, 1].

    Args:
        make_optimizer: a class or a ``partial`` that takes a list of parameters.
        gradients: of shape (T, games).
        x1: the first choice.

    Returns:
        The choices, of shape (T, games): x_t is made before g_t is seen.
    """
    x = torch.nn.Parameter(torch.full_like(gradients[0], x1))
    optimizer = make_optimizer([x])
    (group,) = optimizer.param_groups
    lr = group["lr"]
    xs = []
    for t, g in enumerate(gradients, 1):
        xs.append(x.detach().clone())
        group["lr"] = lr / t**0.5
        x.grad = g.clone()
        optimizer.step()
        with torch.no_grad():
            x.clamp_(-1, 1)
    return torch.stack(xs)


def average_regret(xs: Tensor, gradients: Tensor) -> Tensor:
    """R_T / T for every T: what was paid beyond the best fixed choice in hindsight. Shape of xs."""
    paid = (gradients * xs).cumsum(0)
    best = -gradients.cumsum(0).abs()  # min over x in [-1, 1] of G x is -|G|
    T = torch.arange(1, len(xs) + 1, dtype=xs.dtype).view(-1, *[1] * (xs.dim() - 1))
    return (paid - best) / T
