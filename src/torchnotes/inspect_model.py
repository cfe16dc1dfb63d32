"""What a model's parameters say about its training: the size of each gradient, by name."""

from matplotlib.axes import Axes
from torch.nn import Module


def gradient_sizes(model: Module) -> dict[str, float | None]:
    """Return the largest entry, in absolute value, of each parameter's gradient, by name.

    0.0 means that every entry is zero; ``None``, that no backward pass has reached the parameter.
    """
    return {
        name: None if p.grad is None else p.grad.abs().max().item()
        for name, p in model.named_parameters()
    }


def draw_gradients(ax: Axes, sizes: dict[str, float | None], floor: float = 1e-8) -> None:
    """Draw what ``gradient_sizes`` found, a column for each module, on a log axis.

    A dot is a weight, a square a bias; a cross at ``floor`` is a gradient of exactly zero. A
    parameter without a gradient leaves its place empty.

    Args:
        ax: where to draw.
        sizes: name to largest entry.
        floor: where zeros are drawn, and sizes that are smaller.
    """
    columns = list(dict.fromkeys(name.rpartition(".")[0] for name in sizes))
    looks = {  # a weight and its bias stand side by side
        "weight": (-0.15, {"color": "#0072b2", "marker": "o"}),
        "bias": (0.15, {"color": "#d55e00", "marker": "s", "markerfacecolor": "none"}),
    }
    ax.set_yscale("log")
    for kind, (shift, look) in looks.items():
        shown = [
            (columns.index(name.rpartition(".")[0]) + shift, size)
            for name, size in sizes.items()
            if name.rpartition(".")[2] == kind and size is not None
        ]
        for zero in (False, True):
            points = [(x, max(size, floor)) for x, size in shown if (size == 0) is zero]
            style = look | ({"marker": "x", "markersize": 7} if zero else {})
            label = kind if not zero else "_exactly zero"
            ax.plot(*zip(*points, strict=True) if points else ([], []), ls="", label=label, **style)
    ax.set_xticks(range(len(columns)), columns)
