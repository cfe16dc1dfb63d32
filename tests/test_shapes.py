"""torchnotes.shapes against models whose calls are known by hand."""

import pytest
import torch
from torch import nn

from torchnotes.shapes import Call, trace_shapes


def hooks_in(model):
    return sum(len(m._forward_hooks) for m in model.modules())


def test_the_calls_come_in_the_order_of_execution_with_paths_and_shapes():
    inner = nn.Sequential(nn.Linear(4, 8), nn.ReLU())
    model = nn.Sequential()
    model.add_module("the block", inner)
    model.add_module("head", nn.Linear(8, 1))
    assert trace_shapes(model, torch.ones(3, 4)) == [
        Call("the block.0", "Linear", (3, 4), (3, 8)),
        Call("the block.1", "ReLU", (3, 8), (3, 8)),
        Call("head", "Linear", (3, 8), (3, 1)),
    ]
    assert hooks_in(model) == 0


def test_a_module_that_is_called_twice_has_two_rows():
    twice = nn.Linear(2, 2)
    calls = trace_shapes(nn.Sequential(twice, nn.ReLU(), twice), torch.ones(1, 2))
    assert [call.path for call in calls] == ["0", "1", "0"]


def test_a_model_without_children_is_its_own_leaf_and_an_empty_container_has_no_call():
    assert trace_shapes(nn.Linear(2, 3), torch.ones(2)) == [Call("", "Linear", (2,), (3,))]

    class Odd(nn.Module):
        def __init__(self):
            super().__init__()
            self.unused = nn.ModuleList()
            self.used = nn.Linear(2, 1)

        def forward(self, x):
            return self.used(x)

    assert [call.path for call in trace_shapes(Odd(), torch.ones(1, 2))] == ["used"]


def test_hooks_are_gone_after_an_error_too():
    model = nn.Sequential(nn.Linear(2, 3), nn.Linear(2, 3))
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        trace_shapes(model, torch.ones(1, 2))
    assert hooks_in(model) == 0


def test_the_mode_stays_and_nothing_is_recorded():
    model = nn.Sequential(nn.Linear(2, 2), nn.Dropout()).eval()
    x = torch.ones(1, 2, requires_grad=True)
    trace_shapes(model, x)
    assert not model.training
    assert torch.is_grad_enabled()
    assert x.grad_fn is None
    assert x.grad is None


def test_shapes_are_known_without_memory():
    with torch.device("meta"):
        model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten(), nn.Linear(8 * 30 * 30, 10))
        calls = trace_shapes(model, torch.empty(5, 3, 32, 32))
    assert [call.output for call in calls] == [(5, 8, 30, 30), (5, 7200), (5, 10)]
