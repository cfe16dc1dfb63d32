"""The Functions with their own backward, against autograd, closed forms and torch's checkpoint."""

import pytest
import torch
from torch.autograd import gradcheck, gradgradcheck
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint

from torchnotes.contexts import SavedBytes
from torchnotes.functions import Checkpoint, Log1pExp


def test_log1pexp_passes_gradcheck_in_every_mode():
    x = torch.linspace(-6, 6, 9, dtype=torch.float64, requires_grad=True)
    assert gradcheck(Log1pExp.apply, x, check_forward_ad=True, check_batched_grad=True)
    assert gradgradcheck(Log1pExp.apply, x)


@pytest.mark.parametrize("value", [-1e4, -100.0, -1.0, 0.0, 1.0, 100.0, 1e4])
def test_log1pexp_equals_softplus_where_the_formula_overflows(value):
    x = torch.tensor(value, requires_grad=True)
    y = Log1pExp.apply(x)
    y.backward()
    # threshold: above it F.softplus returns x itself
    assert torch.allclose(y, F.softplus(x, threshold=1e6 if value < 50 else 20))
    assert torch.allclose(x.grad, torch.sigmoid(x))


def test_log1pexp_under_vmap_and_hessian():
    x = torch.linspace(-3, 3, 5, dtype=torch.float64)
    each = torch.func.vmap(torch.func.grad(Log1pExp.apply))(x)
    assert torch.allclose(each, torch.sigmoid(x))
    hessian = torch.func.hessian(lambda x: Log1pExp.apply(x).sum())(x)
    assert torch.allclose(hessian, torch.diag(torch.sigmoid(x) * torch.sigmoid(-x)))


def test_log1pexp_keeps_its_input_guarded():
    x = torch.zeros(3, requires_grad=True)
    y = Log1pExp.apply(x)
    x.detach().add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


def test_checkpoint_gives_the_gradients_of_the_plain_computation():
    torch.manual_seed(0)
    block = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 4))
    x = torch.randn(5, 4, requires_grad=True)

    def gradients(run):
        return torch.autograd.grad(run(x).pow(2).sum(), [x, *block.parameters()])

    plain = gradients(block)
    library = gradients(lambda x: checkpoint(block, x, use_reentrant=False))
    Checkpoint.apply(block, x).pow(2).sum().backward()
    ours = [x.grad, *(p.grad for p in block.parameters())]
    for a, b, c in zip(ours, plain, library, strict=True):
        assert torch.equal(a, b) and torch.equal(a, c)


def test_checkpoint_runs_the_segment_twice_and_keeps_only_its_input():
    calls = 0

    def segment(x):
        nonlocal calls
        calls += 1
        return x.tanh().tanh().tanh()

    x = torch.randn(100, requires_grad=True)
    with SavedBytes() as meter:
        y = Checkpoint.apply(segment, x)
        assert calls == 1 and meter.now == x.nbytes
        y.sum().backward()
    assert calls == 2 and meter.peak == 4 * x.nbytes  # its input and three activations


@pytest.mark.parametrize(("segments", "activations"), [(1, 65), (8, 16), (64, 65)])
def test_peak_of_a_checkpointed_chain_is_s_plus_n_over_s(segments, activations):
    def segment(x):
        for _ in range(64 // segments):
            x = x.tanh()
        return x

    h = x = torch.randn(10, requires_grad=True)
    with SavedBytes() as meter:
        for _ in range(segments):
            h = Checkpoint.apply(segment, h)
        h.sum().backward()
    assert meter.peak == activations * x.nbytes
