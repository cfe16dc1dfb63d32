"""The shared loss terms against torch.distributions, integrals and Monte Carlo."""

import math

import pytest
import torch
from torch.distributions import Categorical, Normal, kl_divergence

from torchnotes.losses import (
    bits_per_dim,
    code_counts,
    dequantize,
    gaussian_kl,
    gaussian_nll,
    logit_laplace_nll,
    map_pixels,
    mean_squared_error,
    perplexity,
    uniform_kl,
    unmap_pixels,
)


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)


@pytest.mark.parametrize("shape", [(3, 5), (2, 4, 7, 7)])
def test_gaussian_kl_is_that_of_torch_distributions(shape):
    mean = torch.randn(shape, dtype=torch.float64)
    log_var = torch.randn(shape, dtype=torch.float64)
    expected = kl_divergence(Normal(mean, (log_var / 2).exp()), Normal(0.0, 1.0))
    torch.testing.assert_close(gaussian_kl(mean, log_var), expected.flatten(1).sum(1))


def test_gaussian_kl_is_the_mean_of_the_log_ratio():
    mean, log_var = torch.tensor([[0.7, -0.2]]), torch.tensor([[-1.0, 0.4]])
    q = Normal(mean, (log_var / 2).exp())
    z = q.sample((200_000,))
    ratio = (q.log_prob(z) - Normal(0.0, 1.0).log_prob(z)).sum((1, 2))
    error = ratio.std() / math.sqrt(len(ratio))
    assert abs(ratio.mean() - gaussian_kl(mean, log_var)[0]) < 4 * error


@pytest.mark.parametrize("dim", [1, -1])
def test_uniform_kl_is_that_of_torch_distributions(dim):
    logits = torch.randn(3, 6, 4, 5, dtype=torch.float64)
    q = Categorical(logits=logits.movedim(dim, -1))
    uniform = Categorical(logits=torch.zeros_like(q.logits))
    expected = kl_divergence(q, uniform).flatten(1).sum(1)
    torch.testing.assert_close(uniform_kl(logits, dim), expected)


def test_uniform_kl_without_positions_and_at_its_two_ends():
    certain = torch.tensor([[0.0, 200.0, 0.0, 0.0]], dtype=torch.float64)
    torch.testing.assert_close(uniform_kl(certain), torch.tensor([math.log(4)]).double())
    assert uniform_kl(torch.full((2, 4), 3.0)).abs().max() < 1e-6


def test_no_term_depends_on_who_else_is_in_the_batch():
    """The mistake behind DALLE-pytorch's issues 92, 99 and 255: a mean over the wrong dimension."""
    logits = torch.randn(6, 8, 7, 7)
    x, mean = torch.rand(6, 1, 4, 4), torch.rand(6, 1, 4, 4)
    scale = torch.tensor(-1.0)
    for term, whole in [
        (lambda s: uniform_kl(logits[s]), uniform_kl(logits)),
        (lambda s: gaussian_kl(logits[s], logits[s]), gaussian_kl(logits, logits)),
        (lambda s: gaussian_nll(x[s], mean[s], scale), gaussian_nll(x, mean, scale)),
        (lambda s: mean_squared_error(x[s], mean[s]), mean_squared_error(x, mean)),
    ]:
        torch.testing.assert_close(term(slice(2, 3)), whole[2:3])
        assert whole.shape == (6,)


def test_gaussian_nll_is_that_of_torch_distributions():
    x, mean = torch.rand(3, 1, 5, 5).double(), torch.rand(3, 1, 5, 5).double()
    log_scale = torch.tensor(-1.3).double()
    expected = -Normal(mean, log_scale.exp()).log_prob(x).flatten(1).sum(1)
    torch.testing.assert_close(gaussian_nll(x, mean, log_scale), expected)


@pytest.mark.parametrize(("mean", "log_scale"), [(0.0, 0.0), (1.5, -1.0), (-2.0, 0.5)])
def test_logit_laplace_is_a_density(mean, log_scale):
    """It integrates to one over (0, 1); substituted x = sigmoid(l), where it is smooth enough."""
    logit = torch.linspace(-40, 40, 400_001, dtype=torch.float64)
    x = torch.sigmoid(logit)
    inside = (x > 0) & (x < 1)
    x, logit = x[inside], logit[inside]
    nll = logit_laplace_nll(x[:, None], torch.tensor(mean), torch.tensor(log_scale))
    density = torch.exp(-nll) * x * (1 - x)  # dx = x (1 - x) dl
    assert torch.trapezoid(density, logit).item() == pytest.approx(1, abs=1e-6)


def test_logit_laplace_is_the_law_of_the_sigmoid_of_a_laplace():
    base = torch.distributions.Laplace(torch.tensor(0.3).double(), torch.tensor(0.7).double())
    law = torch.distributions.TransformedDistribution(
        base, [torch.distributions.SigmoidTransform()]
    )
    x = map_pixels(torch.rand(4, 1, 3, 3).double())
    nll = logit_laplace_nll(x, torch.tensor(0.3).double(), torch.tensor(0.7).double().log())
    torch.testing.assert_close(nll, -law.log_prob(x).flatten(1).sum(1))


def test_pixels_survive_the_map_and_its_inverse():
    x = torch.linspace(0, 1, 256)
    mapped = map_pixels(x)
    assert mapped[[0, -1]].tolist() == pytest.approx([0.1, 0.9])
    torch.testing.assert_close(unmap_pixels(mapped), x, atol=1e-6, rtol=0)
    assert unmap_pixels(torch.tensor([0.0, 1.0])).tolist() == [0, 1]


def test_dequantized_levels_keep_to_their_share():
    levels = torch.arange(256).repeat(200, 1)
    y = dequantize(levels / 255)
    assert ((y * 256).floor().long() == levels).float().mean() > 0.9999  # float32 may round up
    assert (y.mean(0) * 256 - levels[0] - 0.5).abs().max() < 0.1


def test_bits_per_dim_of_a_uniform_density_is_eight_and_bounds_the_levels():
    assert bits_per_dim(0.0, 784) == 8
    # A density constant over each level's share has exactly the bits of the levels' frequencies.
    p = torch.tensor([0.5, 0.25, 0.125, 0.125]).double()
    level = torch.tensor([0, 1, 2, 3, 0, 0])
    nats = -torch.log(p[level] * 256).sum()
    expected = -torch.log2(p[level]).sum() / 6
    assert bits_per_dim(nats, 6).item() == pytest.approx(expected.item())


def test_perplexity_counts_the_codes_in_use():
    counts = code_counts(torch.tensor([[0, 1], [2, 2], [1, 0]]), 5)
    assert counts.tolist() == [2, 2, 2, 0, 0]
    assert perplexity(counts).item() == pytest.approx(3)
    assert perplexity(torch.tensor([7, 0, 0])).item() == pytest.approx(1)
    p = torch.tensor([0.5, 0.3, 0.2])
    expected = Categorical(probs=p.double()).entropy().exp()
    torch.testing.assert_close(perplexity(1000 * p), expected, rtol=1e-6, atol=0)
