"""A derivative from differences: the check of a gradient that needs no calculus."""

from collections.abc import Callable

import torch
from torch import Tensor


def directional_difference(
    f: Callable[[Tensor], Tensor], x: Tensor, u: Tensor, h: float | None = None
) -> Tensor:
    """Return the central difference of ``f`` at ``x`` along ``u``, about ``J @ u``.

    It is computed in float64. The series errs by O(h**2), rounding by O(eps / h); the
    default h, the cube root of eps, balances them where x and u are of about unit size
    (Nocedal & Wright 2006, sec. 8.1).

    Args:
        f: takes a float64 tensor of x's shape and returns a tensor of any shape.
        x: where; neither it nor its ``.grad`` is touched.
        u: the direction, of x's shape.
        h: the step.

    Raises:
        ValueError: ``u`` has another shape than ``x``.
    """
    if u.shape != x.shape:
        raise ValueError(f"u has the shape {tuple(u.shape)}, x has {tuple(x.shape)}")
    x, u = x.detach().double(), u.detach().double()  # float32 would lose half of the digits
    if h is None:
        h = torch.finfo(x.dtype).eps ** (1 / 3)
    with torch.no_grad():
        return (f(x + h * u) - f(x - h * u)) / (2 * h)
