"""What runs when a model is called: one row per call, with the shapes that went in and came out."""

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import Module


class Call(NamedTuple):
    """One call of one module."""

    path: str
    kind: str
    input: tuple[int, ...]
    output: tuple[int, ...]


def trace_shapes(model: Module, x: Tensor) -> list[Call]:
    """Run ``model(x)`` and return the calls of its leaves, in order.

    A leaf is a module without children; it must take one tensor and return one. Called
    twice, it has two rows, both under its first path. The model runs in the mode that it
    is in, nothing is recorded for backward, and no hook stays, even after an error.
    """
    calls = []

    def recorder(path):
        def hook(module, args, output):  # called after each forward of this module
            shapes = tuple(args[0].shape), tuple(output.shape)
            calls.append(Call(path, type(module).__name__, *shapes))

        return hook

    handles = [
        module.register_forward_hook(recorder(path))
        for path, module in model.named_modules()
        if not list(module.children())
    ]
    try:
        with torch.no_grad():
            model(x)
    finally:
        for handle in handles:
            handle.remove()
    return calls
