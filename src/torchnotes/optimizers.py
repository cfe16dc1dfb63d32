"""Momentum, Nesterov and RMSprop as plain functions: one step for one parameter, equal to torch's.

``state`` is a dictionary that belongs to the parameter, empty before its first step.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def sgd_update(
    p: Tensor,
    g: Tensor,
    state: dict[str, Tensor],
    lr: float = 1e-3,
    momentum: float = 0.0,
    dampening: float = 0.0,
    weight_decay: float = 0.0,
    nesterov: bool = False,
    maximize: bool = False,
) -> None:
    """One step of ``torch.optim.SGD`` for ``p`` with gradient ``g``, in place.

    Polyak's heavy ball (1964), or Nesterov's look-ahead (Sutskever et al. 2013).
    """
    if maximize:
        g = -g
    if weight_decay != 0:
        g = g + weight_decay * p
    if momentum != 0:
        if "buf" not in state:
            state["buf"] = g.clone()  # a copy; and the first gradient is not damped
        else:
            state["buf"].mul_(momentum).add_(g, alpha=1 - dampening)  # buf = mu buf + g
        g = g + momentum * state["buf"] if nesterov else state["buf"]
    p.sub_(g, alpha=lr)


def rmsprop_update(
    p: Tensor,
    g: Tensor,
    state: dict[str, Tensor],
    lr: float = 1e-2,
    alpha: float = 0.99,
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    momentum: float = 0.0,
    centered: bool = False,
    maximize: bool = False,
) -> None:
    """One step of ``torch.optim.RMSprop`` (Tieleman & Hinton 2012) for ``p``, in place."""
    if maximize:
        g = -g
    if weight_decay != 0:
        g = g + weight_decay * p
    for name in ("v", "m", "buf"):
        state.setdefault(name, torch.zeros_like(p))
    v, m, buf = state["v"], state["m"], state["buf"]

    v.mul_(alpha).addcmul_(g, g, value=1 - alpha)  # v = alpha v + (1 - alpha) g²
    if centered:
        m.lerp_(g, 1 - alpha)
        v = v - m**2  # the variance, Graves (2013); v itself stays as it is
    step = g / (v.sqrt() + eps)
    if momentum > 0:
        step = buf.mul_(momentum).add_(step)  # gathers what is already divided
    p.sub_(step, alpha=lr)


def descend(
    update: Callable[..., None],
    grad_fn: Callable[[Tensor], Tensor],
    start: Tensor,
    steps: int,
    **options: float,
) -> Tensor:
    """Return the points that ``update`` visits, the start first: (steps + 1, *start.shape).

    Args:
        update: ``sgd_update`` or ``rmsprop_update``.
        grad_fn: the gradient at a point, with the point's shape.
        start: where to begin; it stays as it is.
        steps: how many steps to take.
        options: what ``update`` takes after its state.
    """
    p, state, path = start.detach().clone(), {}, [start.detach().clone()]
    for _ in range(steps):
        update(p, grad_fn(p), state, **options)
        path.append(p.clone())
    return torch.stack(path)
