"""Gradient descent on a function of one tensor, and what its curvature says about the steps."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.autograd.functional import hessian


def gradient_descent(
    loss_fn: Callable[[Tensor], Tensor], start: Tensor, lr: float, steps: int
) -> Tensor:
    """Return the points visited, the start first: (steps + 1, *start.shape).

    Args:
        loss_fn: takes a tensor shaped like ``start`` and returns a single number.
        start: where to begin; it stays as it is.
        lr: the learning rate.
        steps: how many steps to take.
    """
    w = start.detach().clone().requires_grad_()
    path = [w.detach().clone()]
    for _ in range(steps):
        (grad,) = torch.autograd.grad(loss_fn(w), w)
        with torch.no_grad():
            w -= lr * grad
        path.append(w.detach().clone())  # a copy: the next step overwrites w
    return torch.stack(path)


def curvatures(loss_fn: Callable[[Tensor], Tensor], w: Tensor) -> tuple[Tensor, Tensor]:
    """Return the Hessian's eigenvalues (n,), ascending, and eigenvectors (n, n) at ``w``.

    The eigenvectors are columns. Along each, a step of gradient descent on a
    quadratic loss multiplies the distance from the minimum by
    ``1 - lr * eigenvalue`` (LeCun et al. 1998, "Efficient BackProp").
    """
    eigenvalues, eigenvectors = torch.linalg.eigh(hessian(loss_fn, w.detach()))
    return eigenvalues, eigenvectors
