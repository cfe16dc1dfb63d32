"""The computation graph that autograd records, read back from a tensor."""

from matplotlib.axes import Axes
from torch import Tensor
from torch.autograd.graph import Node


def backward_graph(output: Tensor) -> tuple[list[Node], list[tuple[Node, Node]]]:
    """Return the nodes and edges that ``output.backward()`` would visit.

    A node is a backward function (``MulBackward0``, ...), not a tensor. An edge leads from a
    function to one that receives a gradient from it; an input that needs no gradient has none.
    Each node stands once, however many paths lead to it, in depth-first order from the output.

    Raises:
        ValueError: ``output`` has no ``grad_fn``, so nothing was recorded.
    """
    if output.grad_fn is None:
        raise ValueError("this tensor has no grad_fn: it is a leaf, or was made under no_grad()")
    nodes: list[Node] = []
    edges: list[tuple[Node, Node]] = []
    seen: set[Node] = set()
    todo = [output.grad_fn]
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        nodes.append(node)
        inputs = [source for source, _ in node.next_functions if source is not None]
        edges += [(node, source) for source in inputs]
        todo += reversed(inputs)
    return nodes, edges


def node_label(node: Node, names: dict[str, Tensor] | None = None) -> str:
    """The node's type without its ``Backward0``; for a leaf, ``AccumulateGrad`` and its name."""
    label = node.name().split("::")[-1]
    leaf = getattr(node, "variable", None)  # AccumulateGrad alone holds its tensor
    for name, tensor in (names or {}).items():
        if tensor is leaf:
            return f"{label}\n{name}.grad"
    return label


def draw_graph(ax: Axes, output: Tensor, names: dict[str, Tensor] | None = None) -> None:
    """Draw the graph behind ``output`` with the output on top, as ``backward()`` walks it.

    Args:
        ax: where to draw.
        output: a tensor with a ``grad_fn``.
        names: what to call the leaves, e.g. ``{"x": x}``.
    """
    nodes, edges = backward_graph(output)
    depth = {node: 0 for node in nodes}
    for _ in nodes:  # longest path from the output: at most one pass per node settles it
        for node, source in edges:
            depth[source] = max(depth[source], depth[node] + 1)
    rows: dict[int, list[Node]] = {}
    for node in nodes:
        rows.setdefault(depth[node], []).append(node)
    place = {
        node: ((column + 0.5) / len(row), -level)
        for level, row in rows.items()
        for column, node in enumerate(row)
    }
    for node, source in dict.fromkeys(edges):
        ax.annotate(
            "",
            xy=place[source],
            xytext=place[node],
            arrowprops={"arrowstyle": "-|>", "color": "#6b7280", "shrinkA": 16, "shrinkB": 24},
        )
    for node, (x, y) in place.items():
        leaf = hasattr(node, "variable")
        ax.text(
            x,
            y,
            node_label(node, names),
            ha="center",
            va="center",
            fontsize=9,
            color="#00553f" if leaf else "#1f2937",
            bbox={
                "boxstyle": "round,pad=0.45",
                "facecolor": "#d9efe7" if leaf else "#e5e9f0",
                "edgecolor": "#00805f" if leaf else "#6b7280",
            },
        )
    ax.set(xlim=(0, 1), ylim=(-max(rows) - 0.5, 0.5))
    ax.axis("off")
