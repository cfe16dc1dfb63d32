"""torchnotes.contexts counts what graphs save: against sizes worked out by hand."""

import pytest
import torch

from torchnotes import device
from torchnotes.contexts import SavedBytes


@pytest.fixture
def x():
    return torch.linspace(-1, 1, 1000, device=device()).requires_grad_()


@pytest.mark.parametrize(
    ("op", "arrays"),
    [
        (torch.sin, 10),  # saves its input
        (torch.exp, 10),  # saves its result
        (lambda h: h * h, 10),  # saves the same input twice
        (lambda h: h + 3, 0),
        (lambda h: h * 3, 0),  # saves a number, not a tensor
        (lambda h: torch.sigmoid(h).sin(), 10),  # result of one, input of the next: held once
    ],
)
def test_chain_of_ten(x, op, arrays):
    with SavedBytes() as saved:
        h = x
        for _ in range(10):
            h = op(h)
    assert saved.now == arrays * 4000


def test_linear_layers(x):
    data = x.detach()[:8].reshape(2, 4).clone()  # (B, D): 32 bytes
    layers = [torch.nn.Linear(4, 4).to(x.device) for _ in range(2)]
    with SavedBytes() as saved:
        h = layers[0](data)
        assert saved.now == 32, "its input; not the weight, as nobody wants the data's gradient"
        h = layers[1](h)
    assert saved.now == 32 + 32 + 64, "the second layer saves its input and its weight"


@pytest.mark.parametrize("end", ["backward", "grad", "drop"])
@pytest.mark.parametrize("op", [torch.sin, torch.exp])
def test_falls_when_the_graph_frees(x, op, end):
    with SavedBytes() as saved:
        loss = op(x).sum()
    assert saved.now == 4000
    if end == "backward":
        loss.backward()
    elif end == "grad":
        torch.autograd.grad(loss, x)
    else:
        del loss
    assert saved.now == 0


def test_retained_graph_stays_counted(x):
    with SavedBytes() as saved:
        loss = x.sin().sum()
    loss.backward(retain_graph=True)
    assert saved.now == 4000
    loss.backward()
    assert saved.now == 0
    torch.testing.assert_close(x.grad, 2 * x.detach().cos())  # counting changes no gradient


def test_second_derivative_through_the_hooks(x):
    with SavedBytes():
        (first,) = torch.autograd.grad(x.sin().sum(), x, create_graph=True)
        (second,) = torch.autograd.grad(first.sum(), x)
    torch.testing.assert_close(second, -x.detach().sin())


def test_counts_only_its_own_block(x):
    outside = x.sin()
    with SavedBytes() as saved:
        pass
    later = x.sin()
    assert saved.now == 0
    assert outside.grad_fn is not None and later.grad_fn is not None


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_nothing_is_saved_without_tracking(x, mode):
    with SavedBytes() as saved, mode():
        x.sin().exp()
    assert saved.now == 0
