"""torchnotes.inspect_model against gradients that are known in closed form."""

import math

import matplotlib

matplotlib.use("agg")
import torch
from matplotlib import pyplot as plt
from torch import nn

from torchnotes.inspect_model import draw_gradients, gradient_sizes


def two_layers():
    model = nn.Sequential(nn.Linear(2, 1), nn.ReLU(), nn.Linear(1, 1))
    with torch.no_grad():
        for value, p in zip((1.0, 0.0, -3.0, 0.0), model.parameters(), strict=True):
            p.fill_(value)
    return model


def test_sizes_are_the_largest_entries():
    model = two_layers()
    model(torch.tensor([[1.0, 4.0]])).sum().backward()
    # hidden = 5; the gradient for the first weight is -3 * (1, 4)
    expected = {"0.weight": 12.0, "0.bias": 3.0, "2.weight": 5.0, "2.bias": 1.0}
    assert gradient_sizes(model) == expected


def test_no_gradient_and_a_zero_gradient_differ():
    model = two_layers()
    model[0].weight.requires_grad_(False)
    assert set(gradient_sizes(model).values()) == {None}
    model(torch.tensor([[-1.0, -4.0]])).sum().backward()  # the ReLU is off
    expected = {"0.weight": None, "0.bias": 0.0, "2.weight": 0.0, "2.bias": 1.0}
    assert gradient_sizes(model) == expected


def test_tiny_gradients_are_not_taken_for_zero_and_nan_is_not_hidden():
    model = nn.Linear(2, 1)
    model.weight.grad = torch.tensor([[1e-30, 0.0]])  # its square is zero in float32
    model.bias.grad = torch.tensor([math.nan])
    sizes = gradient_sizes(model)
    assert 0 < sizes["weight"] < 1e-29 and math.isnan(sizes["bias"])


def test_the_drawing_sorts_by_kind_and_marks_zeros():
    sizes = {"0.weight": 1e-2, "0.bias": 0.0, "2.weight": None, "2.bias": 1e-12}
    fig, ax = plt.subplots()
    draw_gradients(ax, sizes, floor=1e-8)
    drawn = [
        (line.get_marker(), *map(float, point))
        for line in ax.lines
        for point in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]
    assert drawn == [("o", -0.15, 1e-2), ("s", 1.15, 1e-8), ("x", 0.15, 1e-8)]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["0", "2"]
    plt.close(fig)
