"""The claims about sampling a VQ-VAE's codes: each test asserts the verdict.

In a toy where a map of two codes is valid exactly if they are equal, one uniform map of four is.
"""

import pytest
import torch

from torchnotes import results
from torchnotes.pixelcnn import FactorizedPrior, PixelCNN, bits_per_image
from torchnotes.training import fit

K, DRAWS = 4, 2000
CHANCE = 4 * (1 / K * (1 - 1 / K) / DRAWS) ** 0.5  # 4 sigma around 1 / K


@pytest.fixture(scope="module")
def codes():
    torch.manual_seed(0)
    return torch.randint(K, (2000, 1, 1)).repeat(1, 1, 2)


def valid(maps):
    return (maps[:, 0, 0] == maps[:, 0, 1]).float().mean().item()


@pytest.fixture(scope="module")
def learned(codes):
    torch.manual_seed(0)
    prior = PixelCNN(K, (1, 2), channels=8, layers=2, kernel_size=3)
    fit(prior, codes, epochs=8, lr=2e-2, batch_size=100)
    return prior.eval()


def test_dvae_10_codes_drawn_at_random_are_valid_by_chance(codes):
    torch.manual_seed(1)
    assert valid(codes) == 1
    assert valid(torch.randint(K, (DRAWS, 1, 2))) == pytest.approx(1 / K, abs=CHANCE)


def test_dvae_10_nor_do_independent_frequencies_help(codes):
    torch.manual_seed(1)
    assert valid(FactorizedPrior(codes, K).sample(DRAWS)) == pytest.approx(1 / K, abs=CHANCE)


def test_dvae_10_on_fashion_mnist_uniform_codes_are_not_near_any_image():
    judged = results.load("sample_priors")["results"]["judged"]
    assert judged["uniform"]["near"] < 0.05
    assert judged["uniform"]["agrees"] < 0.25  # ten classes: 0.1 by chance


def test_dvae_11_a_learned_prior_draws_valid_codes(learned, codes):
    torch.manual_seed(1)
    assert valid(learned.sample(DRAWS)) > 0.97
    with torch.no_grad():
        assert bits_per_image(learned.log_prob(codes)) == pytest.approx(2, abs=0.1)


def test_dvae_11_on_fashion_mnist_a_pixelcnn_needs_fewest_bits_and_draws_garments():
    found = results.load("sample_priors")["results"]
    for level in (0, 1):
        bits = [found["bits"][name][level] for name in ("PixelCNN", "frequencies", "uniform")]
        assert bits == sorted(bits) and bits[0] < 0.75 * bits[1]
    judged = found["judged"]["PixelCNN"]
    assert judged["near"] > 0.8 and judged["agrees"] > 0.6
