"""Counting: flops against closed forms, calls and saved numbers against what must be."""

import math

import pytest
import torch
from torch import nn

from torchnotes.relatives.compare import (
    RNN,
    RetentionLayer,
    compare_steps,
    count_calls,
    count_flops,
    run_steps,
    training_cost,
)
from torchnotes.relatives.linear_attention import LinearAttention
from torchnotes.relatives.s4d import causal_convolution
from torchnotes.relatives.sub_layer_norm import SubLayerNormBlock

D = 8


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)


@pytest.mark.parametrize("form", ["parallel", "chunkwise"])
def test_the_retention_layer_steps_as_it_trains(form):
    layer = RetentionLayer(D, 2, form).double()
    x = torch.randn(2, 70, D, dtype=torch.float64)  # more than one chunk of 64
    torch.testing.assert_close(run_steps(layer, x), layer(x), rtol=1e-10, atol=1e-10)
    state = layer.init_state(2)
    for x_t in x.unbind(1):
        _, state = layer.step(x_t, state)
    assert state[0].numel() == 2 * layer.state_size(70) and state[1] == 70


def test_the_rnn_is_torch_s():
    layer, theirs = RNN(D), nn.RNN(D, D, batch_first=True)
    theirs.weight_ih_l0.data, theirs.weight_hh_l0.data = layer.w.weight.detach().split(D, 1)
    theirs.bias_ih_l0.data, theirs.bias_hh_l0.data = layer.w.bias.detach(), torch.zeros(D)
    x = torch.randn(2, 9, D)
    torch.testing.assert_close(layer(x), theirs(x)[0])
    assert layer.state_size(9) == layer.init_state(1).numel()


def test_flops_are_those_of_closed_forms():
    a, b = torch.randn(3, 5), torch.randn(5, 7)
    assert count_flops(torch.matmul, a, b) == 2 * 3 * 5 * 7
    assert count_flops(torch.mul, a, a) == 15
    q = torch.randn(1, 2, 6, 4)  # scores and values 2 * 2 * 6 * 6 * 4 each, softmax 2 * 6 * 6
    attended = count_flops(nn.functional.scaled_dot_product_attention, q, q, q)
    assert attended >= 2 * 2 * 2 * 36 * 4 + 72
    u = torch.randn(1, 24, 3)
    transforms = 3 * 3 * 2.5 * 32 * math.log2(32)  # of u, the kernel and back, padded to 32
    products = 17 * 3
    assert count_flops(causal_convolution, u, torch.randn(8, 3)) == transforms + products


def test_training_costs_grow_as_they_must():
    def exponents(layer):
        layer = layer.to("meta")
        costs = [training_cost(layer, torch.empty(1, T, D, device="meta")) for T in (512, 2048)]
        return [math.log(b / a, 4) for a, b in zip(*costs, strict=True)]

    assert exponents(RNN(D)) == pytest.approx([1, 1, 1], abs=0.01)
    assert exponents(LinearAttention(D, 2)) == pytest.approx([2, 2, 0], abs=0.1)
    assert exponents(RetentionLayer(D, 2)) == pytest.approx([2, 2, 0], abs=0.1)
    assert exponents(RetentionLayer(D, 2, "chunkwise")) == pytest.approx([1, 1, 0.84], abs=0.05)


def test_calls_are_counted():
    assert count_calls(lambda x: (x + 1) * 2, torch.ones(2)) == 2


def test_steps_are_compared():
    x = torch.randn(1, 16, D, dtype=torch.float64)
    found = compare_steps(LinearAttention(D, 2).double(), x)
    assert found.growth == 0 and found.error < 1e-12 and not found.looks_ahead
    found = compare_steps(SubLayerNormBlock(D, 2, 1).double(), x)
    assert found.growth >= 4 * D and found.error < 1e-12 and not found.looks_ahead


def test_a_layer_that_looks_ahead_is_caught():
    class Sees(RNN):
        def forward(self, x):
            return super().forward(x) + x.mean(1, keepdim=True)

    found = compare_steps(Sees(D).double(), torch.randn(1, 16, D, dtype=torch.float64))
    assert found.looks_ahead and found.error > 1e-3
