"""Functions with a backward of their own."""

from collections.abc import Callable

import torch
from torch import Tensor


class Log1pExp(torch.autograd.Function):
    """log(1 + exp(x)), elementwise, for any x; also known as softplus.

    The derivative is sigmoid(x). Works in forward and reverse mode, under vmap,
    and twice, because its backward is made of differentiable operations.
    """

    generate_vmap_rule = True

    @staticmethod
    def forward(x: Tensor) -> Tensor:
        # exp of at most 0: nothing overflows
        return x.clamp(min=0) + torch.log1p(torch.exp(-x.abs()))

    @staticmethod
    def setup_context(ctx, inputs, output) -> None:
        (x,) = inputs
        ctx.save_for_backward(x)
        ctx.save_for_forward(x)

    @staticmethod
    def backward(ctx, g: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        return g * torch.sigmoid(x)

    @staticmethod
    def jvp(ctx, dx: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        return dx * torch.sigmoid(x)


class Checkpoint(torch.autograd.Function):
    """``segment(x)`` that keeps only x, and computes its inside again for backward.

    The idea of Chen et al. 2016 in its shortest form. ``torch.utils.checkpoint`` adds
    what training needs: the same random numbers both times, autocast, several inputs
    and outputs. x must require a gradient, or nothing inside is recorded.
    """

    @staticmethod
    def forward(ctx, segment: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
        ctx.segment = segment
        ctx.save_for_backward(x)
        return segment(x)  # a Function's forward runs without recording

    @staticmethod
    def backward(ctx, g: Tensor) -> tuple[None, Tensor]:
        x = ctx.saved_tensors[0].detach().requires_grad_()
        with torch.enable_grad():
            y = ctx.segment(x)  # the same numbers again, recorded this time
        y.backward(g)  # also adds to the .grad of parameters inside
        return None, x.grad  # an entry per argument of forward
