"""Claims DVAE-28, 35, 45 to 50, 52 and 60 to 62: the relaxed sample and its gradient."""

import inspect
import warnings

import pytest
import torch
import torch.nn.functional as F
from torch.distributions import RelaxedOneHotCategorical

from tools.paths import BOOK
from torchnotes.gumbel import gumbel_max, gumbel_softmax
from torchnotes.initialisation import chi2_p_value
from torchnotes.vq import nearest_code, straight_through

PI = torch.tensor([0.5, 0.3, 0.15, 0.05])


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def bias_and_std(tau, hard, n=100_000):
    """Of the gradient, relative to the exact one's length, for the page's eight codes."""
    torch.manual_seed(0)
    codebook, x, theta = torch.randn(8, 2), torch.randn(2), torch.randn(8)

    def f(y):
        return (y @ codebook - x).square().sum(-1)

    leaf = theta.clone().requires_grad_()
    (exact,) = torch.autograd.grad(leaf.softmax(0) @ f(torch.eye(8)), leaf)
    leaves = theta.expand(n, 8).clone().requires_grad_()
    (draws,) = torch.autograd.grad(f(gumbel_softmax(leaves, tau, hard)).sum(), leaves)
    bias = (draws.mean(0) - exact).norm() / exact.norm()
    return bias.item(), (draws.var(0).sum().sqrt() / exact.norm()).item()


def test_dvae_28_nearest_code_with_a_copied_gradient_against_a_relaxed_draw():
    z = torch.randn(6, 3, requires_grad=True)
    codebook = torch.randn(5, 3)
    codes = nearest_code(z, codebook)
    assert codes.grad_fn is None
    (copied,) = torch.autograd.grad(straight_through(codebook[codes], z).sum(), z)
    assert torch.equal(copied, torch.ones_like(z))  # past the choice, whatever it was
    logits = torch.randn(6, 5, requires_grad=True)
    y = gumbel_softmax(logits, 1.0)
    (through,) = torch.autograd.grad((y @ codebook).sum(), logits)
    assert through.abs().sum() > 0  # through the choice


def test_dvae_35_both_papers_of_2016_are_cited():
    references = (BOOK / "references.bib").read_text(encoding="utf-8")
    assert "1611.01144" in references and "1611.00712" in references


def test_dvae_45_the_formula_is_that_of_relaxed_one_hot_categorical():
    logits = PI.log().expand(20_000, 4)
    for tau in (0.2, 1.0, 5.0):
        torch.manual_seed(1)
        ours = gumbel_softmax(logits, tau)
        torch.manual_seed(1)
        theirs = RelaxedOneHotCategorical(torch.tensor(tau), logits=logits).rsample()
        torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-5)


def test_dvae_46_how_near_to_one_hot_depends_on_tau_and_the_mean_is_not_pi():
    y = {tau: gumbel_softmax(PI.log().expand(50_000, 4), tau) for tau in (0.1, 1.0, 5.0)}
    for tau, largest in ((0.1, 0.96), (1.0, 0.64), (5.0, 0.34)):
        assert y[tau].amax(1).mean().item() == pytest.approx(largest, abs=0.008)
    assert (y[0.1].mean(0) - PI).abs().max() < 0.01
    assert (y[1.0].mean(0) - PI).abs().max() > 0.05
    assert (y[5.0].mean(0) - PI).abs().max() > 0.15


def test_dvae_47_logits_need_not_be_normalised():
    logits = torch.randn(100, 6)
    shifted = gumbel_softmax(logits + 7, 0.5, generator=seeded())
    normalised = gumbel_softmax(logits.log_softmax(1), 0.5, generator=seeded())
    torch.testing.assert_close(shifted, normalised, rtol=1e-4, atol=1e-5)


def test_dvae_48_one_hot_towards_0_and_uniform_towards_infinity():
    logits = PI.log().expand(1000, 4)
    assert gumbel_softmax(logits, 1e-5).amax(1).mean() > 0.999
    assert (gumbel_softmax(logits, 1e5) - 0.25).abs().max() < 1e-3


def test_dvae_49_gumbel_max_is_exact_and_so_is_the_argmax_of_a_relaxed_sample():
    logits = PI.log().expand(100_000, 4)
    exact = gumbel_max(logits, generator=seeded())
    counts = exact.bincount(minlength=4).tolist()
    assert chi2_p_value(counts, [0.5, 0.3, 0.15, 0.05]) > 1e-4
    for tau in (0.05, 1.0, 20.0):
        relaxed = gumbel_softmax(logits, tau, generator=seeded())
        assert torch.equal(relaxed.argmax(1), exact)
        assert ((relaxed > 0) & (relaxed < 1)).any()


def test_dvae_50_an_index_without_a_gradient_against_a_vector_with_one():
    logits = PI.log().expand(7, 4).clone().requires_grad_()
    index, vector = gumbel_max(logits), gumbel_softmax(logits, 1.0)
    assert index.shape == (7,) and index.dtype == torch.int64 and index.grad_fn is None
    assert vector.shape == (7, 4) and vector.grad_fn is not None
    assert "tau" not in inspect.signature(gumbel_max).parameters
    assert "tau" in inspect.signature(gumbel_softmax).parameters


def test_dvae_52_the_sample_has_the_derivative_that_autograd_returns():
    logits = torch.randn(3, 5, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda x: gumbel_softmax(x, 0.7, generator=seeded(3)), logits)


def test_dvae_60_the_gradient_is_that_of_a_surrogate():
    warm, cold = bias_and_std(1.0, hard=False), bias_and_std(1 / 16, hard=False)
    assert warm[0] == pytest.approx(0.62, abs=0.03) and warm[1] == pytest.approx(1.16, abs=0.05)
    assert cold[0] < 0.12 and cold[1] > 7  # 0.04 and chance's 9 / sqrt(100,000) = 0.03


def test_dvae_61_hard_is_straight_through_with_detach():
    source = inspect.getsource(F.gumbel_softmax)
    assert "y_hard - y_soft.detach() + y_soft" in source
    assert "legacy" in F.gumbel_softmax.__doc__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        F.gumbel_softmax(torch.zeros(2, 3), tau=1.0, hard=True)
    logits, weight = torch.randn(9, 4), torch.randn(9, 4)
    gradients = []
    for hard in (False, True):
        leaf = logits.clone().requires_grad_()
        y = gumbel_softmax(leaf, 0.5, hard, generator=seeded())
        assert (((y == 0) | (y == 1)).all().item()) is hard
        gradients.append(torch.autograd.grad((y * weight).sum(), leaf)[0])
    torch.testing.assert_close(*gradients)


def test_dvae_62_tau_trades_bias_for_variance():
    warm, middle, cold = (bias_and_std(tau, hard=False, n=40_000) for tau in (2.0, 0.5, 0.125))
    assert warm[0] > middle[0] > cold[0]
    assert warm[1] < middle[1] < cold[1]
