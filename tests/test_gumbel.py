"""Gumbel noise, Gumbel-max and Gumbel-softmax against closed forms and torch.distributions."""

import itertools
import math

import pytest
import torch
from torch.distributions import RelaxedOneHotCategorical

from torchnotes.gumbel import gumbel_max, gumbel_softmax, gumbel_top_k, sample_gumbel
from torchnotes.initialisation import chi2_p_value, ks_p_value

EULER = 0.5772156649015329
LOGITS = torch.tensor([1.5, 0.0, -1.0, 0.7], dtype=torch.float64)
P_MIN = 1e-4  # fixed seeds: a right function passes always, a wrong one far below this


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)


def chi_square(counts: torch.Tensor, p: torch.Tensor) -> float:
    """The p-value of ``counts`` under the probabilities ``p``."""
    p = p.double()
    return chi2_p_value(counts.tolist(), (p / p.sum()).tolist())


def gumbel_cdf(g: torch.Tensor) -> torch.Tensor:
    return torch.exp(-torch.exp(-g))


def same_law(sample: torch.Tensor, reference: torch.Tensor) -> float:
    """The p-value of ``sample`` under the law of a ``reference`` sample 20 times as large."""
    assert len(reference) >= 20 * len(sample)  # its own noise hardly counts
    edges = reference.sort().values
    return ks_p_value(sample, lambda x: torch.searchsorted(edges, x) / len(edges))


# --- the noise -----------------------------------------------------------------------------------


def test_noise_has_the_gumbel_distribution():
    g = sample_gumbel((200_000,), dtype=torch.float64)
    assert ks_p_value(g, gumbel_cdf) > P_MIN
    error = math.pi / math.sqrt(6 * len(g))
    assert abs(g.mean() - EULER) < 4 * error
    assert g.std().item() == pytest.approx(math.pi / math.sqrt(6), abs=0.02)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16, torch.float16])
def test_noise_is_finite_where_the_uniform_numbers_are_0_or_almost_1(monkeypatch, dtype):
    def extremes(shape, generator, dtype, device):
        return torch.tensor([0.0, 1 - torch.finfo(dtype).eps / 2], dtype=dtype)

    monkeypatch.setattr(torch, "rand", extremes)
    low, high = sample_gumbel((2,), dtype=dtype)
    assert low.dtype == dtype and low.isfinite() and high.isfinite()
    assert low < -4 and high > 16


def test_noise_in_half_precision_is_drawn_in_single():
    """1,000 numbers of bfloat16's own would have at most 256 values, none above 5.6."""
    fine = sample_gumbel((100_000,), generator=torch.Generator().manual_seed(0))
    half = sample_gumbel(
        (100_000,), generator=torch.Generator().manual_seed(0), dtype=torch.bfloat16
    )
    assert torch.equal(half, fine.to(torch.bfloat16)) and half.max() > 8


def test_noise_follows_the_default_type_and_the_generator():
    one = sample_gumbel((3, 2), generator=torch.Generator().manual_seed(5))
    two = sample_gumbel((3, 2), generator=torch.Generator().manual_seed(5))
    assert one.shape == (3, 2) and one.dtype == torch.get_default_dtype() and torch.equal(one, two)
    assert not torch.equal(one, sample_gumbel((3, 2)))


# --- exact samples -------------------------------------------------------------------------------


@pytest.mark.parametrize("shift", [0.0, -30.0])
def test_gumbel_max_has_the_law_of_the_softmax(shift):
    drawn = gumbel_max((LOGITS + shift).expand(40_000, 4))
    assert drawn.shape == (40_000,) and drawn.dtype == torch.int64
    assert chi_square(drawn.bincount(minlength=4), LOGITS.softmax(0)) > P_MIN


def test_gumbel_max_draws_independently_at_every_position_of_any_dimension():
    logits = torch.randn(3, 1, 1, 5).movedim(-1, 1).expand(3, 5, 60, 60)  # (B, K, H, W)
    drawn = gumbel_max(logits)
    assert drawn.shape == (3, 60, 60)
    for image, p in zip(drawn, logits[:, :, 0, 0].softmax(1), strict=True):
        assert chi_square(image.flatten().bincount(minlength=5), p) > P_MIN
        left, right = image[:, :-1].flatten(), image[:, 1:].flatten()  # neighbours: independent
        pairs = torch.bincount(left * 5 + right, minlength=25)
        assert chi_square(pairs, (p[:, None] * p).flatten()) > P_MIN
    assert gumbel_max(logits, dim=-1).shape == (3, 5, 60)


def test_gumbel_max_leaves_impossible_classes_alone():
    logits = torch.tensor([[0.0, -math.inf, 0.0]]).expand(1000, 3)
    assert set(gumbel_max(logits).tolist()) == {0, 2}


def test_gumbel_top_k_draws_without_replacement_in_order():
    p = LOGITS.softmax(0)
    drawn = gumbel_top_k(LOGITS.expand(40_000, 4), k=2)
    assert drawn.shape == (40_000, 2) and (drawn[:, 0] != drawn[:, 1]).all()
    counts = torch.bincount(drawn[:, 0] * 4 + drawn[:, 1], minlength=16)
    pairs = [(i, j) for i, j in itertools.product(range(4), repeat=2) if i != j]
    expected = torch.stack([p[i] * p[j] / (1 - p[i]) for i, j in pairs])  # Plackett-Luce
    assert chi_square(counts[[4 * i + j for i, j in pairs]], expected) > P_MIN


# --- relaxed samples -----------------------------------------------------------------------------


@pytest.mark.parametrize("tau", [0.25, 1.0, 4.0])
def test_gumbel_softmax_has_the_law_of_torch_distributions(tau):
    """Entry by entry, the two samples' distributions by the Kolmogorov-Smirnov test."""
    ours = gumbel_softmax(LOGITS.expand(10_000, 4), tau)
    theirs = RelaxedOneHotCategorical(torch.tensor(tau).double(), logits=LOGITS).sample((200_000,))
    torch.testing.assert_close(ours.sum(1), torch.ones(10_000).double())
    for k in range(4):
        assert same_law(ours[:, k], theirs[:, k]) > P_MIN
    for i, j in [(0, 1), (2, 3)]:  # and jointly: log-ratios are what the density is made of
        a, b = (y[:, i].log() - y[:, j].log() for y in (ours, theirs))
        assert same_law(a, b) > P_MIN


def test_gumbel_softmax_is_the_softmax_of_the_noisy_logits():
    """In closed form: each log-ratio times tau is the logits' difference plus logistic noise."""
    tau = 0.7
    y = gumbel_softmax(LOGITS.expand(50_000, 4), tau)
    noise = tau * (y[:, 1].log() - y[:, 0].log()) - (LOGITS[1] - LOGITS[0])
    assert ks_p_value(noise, torch.sigmoid) > P_MIN


@pytest.mark.parametrize("tau", [1 / 16, 1.0, 100.0])
def test_the_largest_entry_is_the_gumbel_max_sample_at_every_temperature(tau):
    logits = torch.randn(2, 6, 5, 4)
    y = gumbel_softmax(logits, tau, generator=torch.Generator().manual_seed(1))
    assert torch.equal(y.argmax(1), gumbel_max(logits, generator=torch.Generator().manual_seed(1)))


def test_temperature_limits():
    logits = LOGITS.expand(1000, 4)
    assert gumbel_softmax(logits, 1e-4).amax(1).quantile(0.05) > 0.999
    torch.testing.assert_close(
        gumbel_softmax(logits, 1e6), torch.full((1000, 4), 0.25).double(), atol=1e-4, rtol=0
    )


@pytest.mark.parametrize("tau", [0, 0.0, -1.0, math.nan])
def test_temperature_must_be_positive(tau):
    with pytest.raises(ValueError, match="tau must be above 0"):
        gumbel_softmax(LOGITS, tau, dim=0)


@pytest.mark.parametrize("dim", [0, 1, -1])
@pytest.mark.parametrize("hard", [False, True])
def test_sums_are_one_along_the_chosen_dimension(dim, hard):
    y = gumbel_softmax(torch.randn(3, 4, 5), 0.5, hard, dim)
    torch.testing.assert_close(y.sum(dim), torch.ones_like(y.sum(dim)))
    assert (y >= 0).all()


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16])
def test_hard_is_exactly_one_hot_and_has_the_law_of_the_softmax(dtype):
    y = gumbel_softmax(LOGITS.to(dtype).expand(40_000, 4), 0.9, hard=True)
    assert y.dtype == dtype and set(y.unique().tolist()) == {0.0, 1.0}
    assert (y.sum(1) == 1).all()
    if dtype != torch.bfloat16:  # whose coarse sums tie
        assert chi_square(y.sum(0), LOGITS.softmax(0)) > P_MIN


def test_hard_has_the_gradient_of_the_relaxed_sample():
    logits = torch.randn(5, 4, dtype=torch.float64)
    weight = torch.randn(5, 4, dtype=torch.float64)

    def gradient(hard):
        leaf = logits.clone().requires_grad_()
        y = gumbel_softmax(leaf, 0.4, hard, generator=torch.Generator().manual_seed(2))
        (grad,) = torch.autograd.grad((weight * y).sum(), leaf)
        return grad

    torch.testing.assert_close(gradient(True), gradient(False))
    assert gradient(True).abs().sum() > 0.1


def test_gradient_is_that_of_finite_differences_with_the_noise_held():
    def relaxed(logits):
        return gumbel_softmax(logits, 0.6, generator=torch.Generator().manual_seed(3))

    assert torch.autograd.gradcheck(
        relaxed, torch.randn(2, 5, dtype=torch.float64, requires_grad=True)
    )


def test_binary_case_has_its_closed_mean():
    """For two equal classes y_1 at tau 1 is uniform on (0, 1): a logistic through a sigmoid."""
    y = gumbel_softmax(torch.zeros(50_000, 2, dtype=torch.float64))[:, 0]
    assert ks_p_value(y, lambda u: u) > P_MIN


def test_random_numbers_come_from_torch_and_obey_the_seed():
    logits = torch.randn(4, 3)
    for draw in (gumbel_max, gumbel_softmax, lambda x: gumbel_top_k(x, 2)):
        torch.manual_seed(7)
        one = draw(logits)
        torch.manual_seed(7)
        assert torch.equal(one, draw(logits))
