"""One look for every figure of the book."""

import matplotlib as mpl

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
