"""torchnotes.graph against what torch's own nodes say."""

import matplotlib

matplotlib.use("agg")
import pytest
import torch
from matplotlib import pyplot as plt

from torchnotes.graph import backward_graph, draw_graph, node_label


def test_a_shared_leaf_is_one_node():
    x = torch.ones(3, requires_grad=True)
    nodes, edges = backward_graph((x * x + x).sum())
    names = [node.name().split("::")[-1] for node in nodes]
    assert names == ["SumBackward0", "AddBackward0", "MulBackward0", "AccumulateGrad"]
    assert len(edges) == 5  # Sum-Add, Add-Mul, Add-x, and Mul-x twice


def test_a_constant_has_no_node():
    x = torch.ones(3, requires_grad=True)
    nodes, _ = backward_graph(x * torch.ones(3))
    assert len(nodes) == 2


def test_stacked_diamonds_and_long_chains_are_walked_once():
    x = torch.ones(1, requires_grad=True)
    diamond = chain = x
    for _ in range(40):  # 2**40 paths
        diamond = diamond + diamond
    for _ in range(5000):
        chain = chain + 1
    assert len(backward_graph(diamond)[0]) == 41
    assert len(backward_graph(chain)[0]) == 5001


def test_nothing_recorded_is_an_error():
    with pytest.raises(ValueError, match="no grad_fn"):
        backward_graph(torch.ones(3))


def test_labels_name_the_leaves():
    x, y = torch.ones(1, requires_grad=True), torch.ones(1, requires_grad=True)
    nodes, _ = backward_graph(x * y)
    labels = {node_label(node, {"x": x, "y": y}) for node in nodes}
    assert labels == {"MulBackward0", "AccumulateGrad\nx.grad", "AccumulateGrad\ny.grad"}


def test_the_drawing_has_a_box_per_node_and_an_arrow_per_edge():
    x = torch.ones(1, requires_grad=True)
    output = (x * 2).exp() + x
    fig, ax = plt.subplots()
    draw_graph(ax, output)
    nodes, edges = backward_graph(output)
    boxes = [text for text in ax.texts if text.get_text()]
    arrows = [text for text in ax.texts if not text.get_text()]
    assert (len(boxes), len(arrows)) == (len(nodes), len(edges))
    above = {b.get_text(): b.get_position()[1] for b in boxes}
    assert above["AddBackward0"] > above["ExpBackward0"] > above["AccumulateGrad"]
    plt.close(fig)
