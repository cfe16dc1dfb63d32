"""Momentum, Nesterov and RMSprop against torch's, over their options and a hundred steps."""

import itertools

import pytest
import torch
from torch.testing import assert_close

from torchnotes import device
from torchnotes.optimizers import descend, rmsprop_update, sgd_update

STEPS = 100
EXACT = {"rtol": 0, "atol": 1e-12}
SGD = [
    {"momentum": mu, "dampening": damp, "weight_decay": decay, "nesterov": look, "maximize": up}
    for mu, damp, decay, look, up in itertools.product(
        (0.0, 0.5, 0.99), (0.0, 0.3), (0.0, 0.1), (False, True), (False, True)
    )
    if not look or (mu > 0 and damp == 0)  # torch refuses the rest
]
RMSPROP = [
    dict(
        zip(
            ("alpha", "eps", "weight_decay", "momentum", "centered", "maximize"),
            values,
            strict=True,
        )
    )
    for values in itertools.product(
        (0.99, 0.5), (1e-8, 0.3), (0.0, 0.1), (0.0, 0.9), (False, True), (False, True)
    )
]


def label(options):
    return "-".join(f"{key}={value}" for key, value in options.items())


def gradients():
    """Of all sizes, some of them zero."""
    gen = torch.Generator().manual_seed(0)
    for k in range(STEPS):
        g = torch.randn(4, 3, generator=gen, dtype=torch.float64) * 10.0 ** (k % 5 - 3)
        yield torch.where(torch.rand(4, 3, generator=gen) < 0.1, 0.0, g).to(device())


def compare(optimizer_class, update, options):
    start = torch.linspace(-1, 1, 12, dtype=torch.float64, device=device()).reshape(4, 3)
    ours, state = start.clone(), {}
    theirs = torch.nn.Parameter(start.clone())
    optimizer = optimizer_class([theirs], lr=0.01, **options)
    for k, g in enumerate(gradients()):
        kept = g.clone()
        update(ours, g, state, lr=0.01, **options)
        assert g.equal(kept), "the gradient belongs to the caller"
        theirs.grad = g
        optimizer.step()
        assert_close(ours, theirs.detach(), **EXACT, msg=lambda m, k=k: f"step {k + 1}: {m}")
    assert not ours.equal(start)


@pytest.mark.parametrize("options", SGD, ids=label)
def test_sgd_update_is_torch_s(options):
    compare(torch.optim.SGD, sgd_update, options)


@pytest.mark.parametrize("options", RMSPROP, ids=label)
def test_rmsprop_update_is_torch_s(options):
    compare(torch.optim.RMSprop, rmsprop_update, options)


def test_the_buffer_is_no_alias_of_the_gradient():
    p, g, state = torch.zeros(2), torch.ones(2), {}
    sgd_update(p, g, state, lr=0.1, momentum=0.9)
    g.zero_()
    assert state["buf"].tolist() == [1.0, 1.0]


def test_constant_gradient_has_the_closed_form():
    p, state, mu = torch.zeros(1, dtype=torch.float64), {}, 0.9
    for t in range(1, 51):
        sgd_update(p, torch.ones_like(p), state, lr=1.0, momentum=mu)
        assert_close(state["buf"].item(), (1 - mu**t) / (1 - mu), **EXACT)


def test_descend_returns_every_point_and_keeps_the_start():
    start = torch.tensor([3.0, -1.0], dtype=torch.float64)
    path = descend(sgd_update, lambda p: 2 * p, start, 5, lr=0.1)
    want = torch.stack([start * 0.8**k for k in range(6)])
    assert_close(path, want, **EXACT)
    assert start.tolist() == [3.0, -1.0]
