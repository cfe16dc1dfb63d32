"""Claims DVAE-16, 36 to 44, 51 and 59: the Gumbel law, and sampling with an argmax."""

import math

import pytest
import torch
from torch.distributions import Gumbel

from torchnotes.gumbel import gumbel_max, sample_gumbel
from torchnotes.initialisation import chi2_p_value, ks_p_value
from torchnotes.vq import nearest_code

PI = torch.tensor([0.5, 0.3, 0.15, 0.05], dtype=torch.float64)
N = 100_000


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)


def cdf(x):
    return torch.exp(-torch.exp(-x))


def p_value(drawn):
    return chi2_p_value(drawn.bincount(minlength=4).tolist(), PI.tolist())


def test_dvae_16_a_categorical_is_reparameterised_by_gumbel_max():
    """The same noise serves every pi; only the map has no derivative."""
    noise = sample_gumbel((N, 4), dtype=torch.float64)
    for probabilities in (PI, PI.flip(0)):
        drawn = (probabilities.log() + noise).argmax(1)
        counts = drawn.bincount(minlength=4).tolist()
        assert chi2_p_value(counts, probabilities.tolist()) > 1e-4
    logits = PI.log().expand(3, 4).clone().requires_grad_()
    assert gumbel_max(logits).grad_fn is None


def test_dvae_16_the_code_of_a_vq_vae_is_deterministic():
    z, codebook = torch.randn(50, 3), torch.randn(7, 3)
    assert torch.equal(nearest_code(z, codebook), nearest_code(z, codebook))


def test_dvae_36_maxima_follow_it_and_minima_its_mirror_image():
    n = 2000
    waits = torch.empty(2000, n, dtype=torch.float64).exponential_()
    assert ks_p_value(waits.amax(1) - math.log(n), cdf) > 1e-3
    assert ks_p_value(-((-waits).amin(1) + math.log(n)), cdf) > 1e-3  # minima of -E
    assert ks_p_value(waits.amax(1) - math.log(n), lambda x: 1 - cdf(-x)) < 1e-9


def test_dvae_37_every_real_number_has_a_positive_density():
    x = torch.linspace(-6, 600, 1001, dtype=torch.float64)
    assert (Gumbel(0.0, 1.0).log_prob(x) > -math.inf).all()
    assert (Gumbel(0.0, 1.0).log_prob(x).exp() > 0).all()


def test_dvae_38_0_is_the_mode_and_the_spread_is_not_1():
    x = torch.linspace(-3, 3, 6001, dtype=torch.float64)
    assert abs(x[Gumbel(0.0, 1.0).log_prob(x).argmax()]) < 1e-9
    law = Gumbel(torch.tensor(0.0).double(), torch.tensor(1.0).double())
    assert law.mean.item() == pytest.approx(0.5772, abs=5e-5)
    assert law.stddev.item() == pytest.approx(math.pi / math.sqrt(6)) == pytest.approx(1.2825, 1e-4)
    assert -math.log(math.log(2)) == pytest.approx(0.3665, abs=5e-5)
    g = sample_gumbel((1_000_000,), dtype=torch.float64)
    assert g.median().item() == pytest.approx(0.3665, abs=0.006)  # 4 standard errors
    assert g.mean().item() == pytest.approx(0.5772, abs=0.006)
    assert g.std().item() == pytest.approx(1.2825, abs=0.006)


def test_dvae_39_it_is_continuous():
    g = sample_gumbel((N,), dtype=torch.float64)
    assert len(g.unique()) == N
    assert ks_p_value(g, cdf) > 1e-4


def test_dvae_40_one_law_for_choices_and_extremes_the_other_for_sums():
    assert p_value(gumbel_max(PI.log().expand(N, 4))) > 1e-4
    gaussian = PI.log() + 1.2825 * torch.randn(N, 4, dtype=torch.float64)
    assert p_value(gaussian.argmax(1)) < 1e-9


def test_dvae_41_gumbel_is_reparameterised_as_a_gaussian_is():
    location = torch.tensor(0.3, requires_grad=True)
    scale = torch.tensor(2.0, requires_grad=True)
    law = Gumbel(location, scale)
    assert law.has_rsample
    d_location, d_scale = torch.autograd.grad(law.rsample((N,)).mean(), (location, scale))
    assert d_location.item() == pytest.approx(1, abs=1e-4)
    assert d_scale.item() == pytest.approx(0.5772, abs=4 * 1.2825 / math.sqrt(N))


def test_dvae_42_the_right_tail_is_exponential_and_the_left_one_lighter_than_gaussian():
    x = torch.tensor([8.0, 16.0, 30.0], dtype=torch.float64)
    gumbel = torch.expm1(-torch.exp(-x - 1)) / torch.expm1(-torch.exp(-x))
    torch.testing.assert_close(gumbel, torch.full_like(x, math.exp(-1)), rtol=1e-3, atol=0)
    gaussian = torch.special.erfc((x + 1) / math.sqrt(2)) / torch.special.erfc(x / math.sqrt(2))
    assert (gaussian < 1e-3).all()  # lighter than the Gumbel's; a long tail's would tend to 1
    for spreads in (2.0, 3.0, 5.0):
        below = cdf(torch.tensor(0.5772 - spreads * 1.2825, dtype=torch.float64))
        assert below < 0.1 * 0.5 * math.erfc(spreads / math.sqrt(2))


def test_dvae_43_the_central_limit_theorem_is_about_sums():
    waits = torch.empty(2000, 2000, dtype=torch.float64).exponential_()
    sums = (waits.sum(1) - 2000) / math.sqrt(2000)
    assert ks_p_value(sums, lambda x: 0.5 * torch.erfc(-x / math.sqrt(2))) > 1e-3
    maxima = waits.amax(1)
    maxima = (maxima - maxima.mean()) / maxima.std()
    assert ks_p_value(maxima, lambda x: 0.5 * torch.erfc(-x / math.sqrt(2))) < 1e-6


def test_dvae_44_one_noise_per_class_gives_the_law():
    logits = PI.log().expand(N, 4)
    assert p_value(gumbel_max(logits)) > 1e-4
    shared = sample_gumbel((N, 1), dtype=torch.float64)
    assert ((logits + shared).argmax(1) == 0).all()


def test_dvae_51_the_argmax_of_the_logits_is_the_mode_and_no_sample():
    logits = PI.log().expand(N, 4)
    assert (logits.argmax(1) == 0).all()
    assert p_value(gumbel_max(logits)) > 1e-4


def test_dvae_59_the_randomness_is_in_g_alone():
    """The same g and the same pi give the same class; pi is positive and sums to 1."""
    assert (PI > 0).all() and PI.sum().item() == pytest.approx(1)
    one, two, other = (
        gumbel_max(PI.log().expand(1000, 4), generator=torch.Generator().manual_seed(s))
        for s in (1, 1, 2)
    )
    assert torch.equal(one, two) and not torch.equal(one, other)
