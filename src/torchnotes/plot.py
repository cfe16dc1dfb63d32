"""One look for every figure of the book."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np

if TYPE_CHECKING:  # a helper for figures need not load torch or pyplot
    from matplotlib.axes import Axes
    from torch import Tensor

# Okabe & Ito's palette, ordered so that neighbours differ in lightness as well as in hue.
COLORS = {
    "blue": "#0072b2",
    "orange": "#d55e00",
    "green": "#00805f",
    "purple": "#a8527f",
    "sky": "#2f8fc4",
    "yellow": "#b07d00",
    "gray": "#6b7280",
}

_INK = "#1f2937"


def use_style(scale: float = 1.0) -> dict[str, str]:
    """Set matplotlib to the book's style and return its colours by name.

    Backgrounds stay transparent and ink is dark: the book's style sheet inverts the lightness of
    figures in its dark theme, so one drawing reads well in both.

    Args:
        scale: factor on the default figure size of 6.4 by 3.4 inches.
    """
    mpl.rcParams.update(
        {
            "figure.figsize": (6.4 * scale, 3.4 * scale),
            "figure.dpi": 110,
            "figure.facecolor": "none",
            "figure.constrained_layout.use": True,
            "savefig.facecolor": "none",
            "axes.facecolor": "none",
            "axes.edgecolor": _INK,
            "axes.labelcolor": _INK,
            "axes.titlecolor": _INK,
            "axes.titlesize": 11,
            "axes.titlelocation": "left",
            "axes.labelsize": 10,
            "axes.linewidth": 0.8,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.prop_cycle": mpl.cycler(color=list(COLORS.values())),
            "grid.color": "#9ca3af",
            "grid.alpha": 0.3,
            "grid.linewidth": 0.6,
            "text.color": _INK,
            "xtick.color": _INK,
            "ytick.color": _INK,
            "xtick.labelsize": 9,
            "ytick.labelsize": 9,
            "legend.frameon": False,
            "legend.fontsize": 9,
            "lines.linewidth": 1.8,
            "font.family": "DejaVu Sans",  # ships with matplotlib: the same on every machine
            "image.cmap": "gray_r",
            "svg.hashsalt": "torchnotes",  # the same figure gives the same file
        }
    )
    try:
        from IPython import get_ipython
        from matplotlib_inline.backend_inline import set_matplotlib_formats
    except ImportError:  # a plain script: nothing displays figures inline
        return COLORS
    if get_ipython() is not None:
        set_matplotlib_formats("svg", metadata={"Date": None})
    return COLORS


def show_images(
    images: "Tensor",
    columns: int = 10,
    titles: Sequence[str] = (),
    rows: Sequence[str] = (),
    *,
    ax: "Axes | None" = None,
    vmax: float = 1.0,
    cmap: str = "gray_r",
    size: float = 0.62,
) -> "Axes":
    """Draw images as a grid, row after row, and return the axes that hold it.

    A figure of these takes ``classes: photo`` under ``image:``, so that the dark theme does not
    turn the pictures into their negatives.

    Args:
        images: (N, 1, H, W) or (N, H, W), on any device; values outside [0, vmax] are clipped.
        columns: images per row.
        titles: what to write above the columns.
        rows: what to write to the left of the rows.
        ax: where to draw; a new figure as large as the grid without it.
        vmax: the value drawn darkest: 1 for images, K - 1 for a map of codes.
        cmap: matplotlib's name of the colours from 0 to ``vmax``.
        size: inches per image, for a new figure.
    """
    from matplotlib import pyplot as plt

    pictures = images.detach().float().cpu().numpy()
    n, height, width = len(pictures), *pictures.shape[-2:]
    columns = min(columns, n)
    lines = -(-n // columns)
    gap = 2 if height > 14 else 1
    grid = np.full((lines * (height + gap), columns * (width + gap)), np.nan)  # nan: transparent
    for i, picture in enumerate(pictures.reshape(n, height, width)):
        top, left = i // columns * (height + gap), i % columns * (width + gap)
        grid[top : top + height, left : left + width] = picture
    if ax is None:
        margin = 0.09 * max(map(len, rows), default=0)
        figsize = (columns * size + margin, lines * size + (0.25 if titles else 0))
        _, ax = plt.subplots(figsize=figsize)
    ax.imshow(grid[:-gap, :-gap], cmap=cmap, vmin=0, vmax=vmax, interpolation="none")
    across = [i * (width + gap) + (width - 1) / 2 for i in range(len(titles))]
    down = [i * (height + gap) + (height - 1) / 2 for i in range(len(rows))]
    ax.set_xticks(across, titles)
    ax.set_yticks(down, rows)
    ax.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    ax.spines[:].set_visible(False)
    ax.grid(False)
    return ax
