"""Section 3 of the parameter note: each test asserts the verdict in book/claims.csv."""

import copy

import pytest
import torch
from torch import nn


@pytest.fixture
def net():
    torch.manual_seed(0)
    shared = nn.Linear(8, 8)
    return nn.Sequential(
        nn.Linear(4, 8), nn.ReLU(), shared, nn.ReLU(), shared, nn.ReLU(), nn.Linear(8, 1)
    )


def untied(net):
    return nn.Sequential(*[copy.deepcopy(layer) for layer in net])


def first_rows_equal(a, b):
    return (a.weight.data[0] == b.weight.data[0]).tolist()


def test_parm_25_one_module_in_the_third_and_fifth_place(net):
    assert net[2] is net[4]
    assert net[2].bias is net[4].bias
    first, second = nn.Linear(8, 8), nn.Linear(8, 8)
    second.weight = first.weight
    assert second.weight is first.weight
    assert second.bias is not first.bias


def test_parm_26_both_comparisons_hold_and_the_write_shows_in_both_places(net):
    assert first_rows_equal(net[2], net[4]) == [True] * 8
    net[2].weight.data[0, 0] = 100
    assert first_rows_equal(net[2], net[4]) == [True] * 8
    assert net[4].weight[0, 0].item() == 100


def test_parm_27_four_places_three_linears_three_relus(net):
    assert sum(isinstance(layer, nn.Linear) for layer in net) == 4
    assert sum(isinstance(module, nn.Linear) for module in net.modules()) == 3
    assert sum(isinstance(module, nn.ReLU) for module in net.modules()) == 3


def test_parm_28_equal_values_do_not_show_a_tie(net):
    other = copy.deepcopy(net[2])
    assert first_rows_equal(net[2], other) == [True] * 8
    assert other.weight is not net[2].weight
    impostor = copy.deepcopy(net[2])
    impostor.weight = nn.Parameter(net[2].weight.detach())
    net[2].weight.data[0, 0] = 100  # the note's second test: it finds the copy ...
    assert first_rows_equal(net[2], other) == [False] + [True] * 7
    assert first_rows_equal(net[2], impostor) == [True] * 8  # ... and not shared memory
    assert impostor.weight is not net[2].weight
    model = nn.Sequential(net[2], nn.ReLU(), impostor)
    model(torch.rand(3, 8)).sum().backward()
    assert not torch.equal(net[2].weight.grad, impostor.weight.grad)


def test_parm_29_eight_booleans(net):
    assert len(first_rows_equal(net[2], net[4])) == 8


def test_parm_30_the_gradients_of_the_uses_add_up(net):
    net, x = net.double(), torch.rand(16, 4, dtype=torch.float64)
    twin = untied(net)
    assert twin[2] is not twin[4]
    for model in (net, twin):
        model(x).square().mean().backward()
    for name in ("weight", "bias"):
        parts = [getattr(twin[place], name).grad for place in (2, 4)]
        assert all(part.abs().max() > 0 for part in parts)
        torch.testing.assert_close(getattr(net[2], name).grad, sum(parts))
    # and the sum is the derivative: a central difference along one direction
    torch.manual_seed(1)
    weight, direction = net[2].weight, torch.randn(8, 8, dtype=torch.float64)
    losses = []
    for step in (1e-6, -2e-6):
        with torch.no_grad():
            weight += step * direction
            losses.append(net(x).square().mean())
    slope = (losses[0] - losses[1]) / 2e-6
    torch.testing.assert_close((weight.grad * direction).sum(), slope, rtol=1e-6, atol=1e-10)


def test_parm_31_121_parameters_instead_of_193(net):
    assert sum(p.numel() for p in net.parameters()) == 121
    assert sum(p.numel() for p in untied(net).parameters()) == 193
    assert sum(value.numel() for value in net.state_dict().values()) == 193  # by names
