"""The claims of the dVAE note on the dVAE itself: each test asserts the verdict."""

import inspect
import math

import pytest
import torch
import torch.nn.functional as F
from torch.testing import assert_close

from torchnotes import load_images
from torchnotes.autoencoder import Decoder, Encoder
from torchnotes.dvae import DVAE, anneal, cosine
from torchnotes.gumbel import gumbel_max, gumbel_softmax
from torchnotes.losses import logit_laplace_nll, mean_squared_error, uniform_kl
from torchnotes.training import fit
from torchnotes.vq import VQVAE


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)


@pytest.fixture(scope="module")
def data():
    torch.set_num_threads(1)
    return load_images()[0][:2000]


@pytest.fixture(scope="module")
def trained(data):
    """A small dVAE, annealed over two passes, and one that stays at tau = 2."""
    models = []
    for tau in ((1.0, 1 / 16), (2.0, 2.0)):
        torch.manual_seed(0)
        model = DVAE(num_codes=32, width=16)
        fit(model, data, epochs=4, lr=6e-3, batch_size=50, before_step=anneal(tau))
        models.append(model.eval())
    return models


@torch.no_grad()
def errors(model, x):
    soft = model.decoder(gumbel_softmax(model.logits(x), model.tau))
    return mean_squared_error(x, soft).mean(), mean_squared_error(x, model.reconstruct(x)).mean()


def test_dvae_26_no_distance_no_commitment_and_a_kl_that_varies():
    x = torch.rand(4, 1, 28, 28)
    dvae, vqvae = DVAE(num_codes=16, width=8), VQVAE(num_codes=16, width=8)
    assert "commitment" in vqvae.losses(x) and "commitment" not in dvae.losses(x)
    kl = uniform_kl(dvae.logits(x))
    assert kl.max() < 49 * math.log(16) and kl.std() > 0  # VQ-VAE: 49 ln 16 for every image
    assert not hasattr(dvae, "quantizer")


@torch.no_grad()
def test_dvae_27_the_uniform_prior_does_not_draw_images(data, trained):
    """By Frechet distance in the images' 20 principal directions, a law per position comes nearer
    to the images than the model's own prior, and the codes of images nearer still."""
    model = trained[0]
    codes = model.encode(data).flatten(1)
    n = 1000
    per_position = codes.gather(0, torch.randint(len(codes), (n, 49))).view(n, 7, 7)
    real = data.flatten(1).double()
    directions = torch.linalg.svd(real - real.mean(0), full_matrices=False)[2][:20].T

    def frechet(pictures):
        a, b = real @ directions, pictures.flatten(1).double() @ directions
        product = torch.linalg.eigvals(a.T.cov() @ b.T.cov()).real.clamp_min(0)
        trace = a.T.cov().trace() + b.T.cov().trace() - 2 * product.sqrt().sum()
        return ((a.mean(0) - b.mean(0)).square().sum() + trace).item()

    uniform, fitted = frechet(model.sample(n)), frechet(model.decode(per_position))
    images = frechet(model.decode(codes[:n].view(n, 7, 7)))
    assert uniform > 1.3 * fitted > 1.3 * 2 * images


def test_dvae_29_only_the_relaxed_model_is_differentiable(data, trained):
    annealed, warm = trained
    soft, hard = errors(warm, data[:500])
    assert hard > 1.5 * soft
    soft, hard = errors(annealed, data[:500])
    assert abs(hard / soft - 1) < 0.25
    tokens = annealed.encode(data[:2])
    assert tokens.dtype == torch.int64 and tokens.grad_fn is None


def test_dvae_34_the_loss_is_nll_plus_beta_times_ln_k_minus_entropy():
    x = torch.rand(4, 1, 28, 28)
    model = DVAE(num_codes=16, width=8, beta=6.6).eval()
    losses = model.losses(x)
    q = torch.distributions.Categorical(logits=model.logits(x).movedim(1, -1))
    kl = (math.log(16) - q.entropy()).sum((1, 2)).mean()
    assert_close(losses["kl"], kl)
    assert_close(losses["loss"], losses["nll"] + 6.6 * kl)


def test_dvae_34_logit_laplace_integrates_to_one_on_the_unit_interval():
    x = torch.linspace(1e-6, 1 - 1e-6, 200_001, dtype=torch.float64)[:, None]
    for mean, b in ((0.0, 0.3), (-2.0, 0.5), (1.0, 0.1)):
        f = torch.exp(-logit_laplace_nll(x, torch.tensor(mean), torch.tensor(b).log()))
        assert torch.trapezoid(f, x[:, 0]).item() == pytest.approx(1, abs=2e-3)
    assert torch.distributions.Normal(0.1, 0.1).cdf(torch.tensor(0.0)) > 0.15


@torch.no_grad()
def test_dvae_53_32_by_32_positions_of_8192():
    thin = torch.nn.Sequential(
        torch.nn.Conv2d(3, 4, 7, padding=3),
        *[torch.nn.MaxPool2d(2) for _ in range(3)],
        torch.nn.Conv2d(4, 8192, 1),
    )
    out = thin(torch.rand(1, 3, 256, 256))
    assert out.shape == (1, 8192, 32, 32)
    assert_close(out.softmax(1).sum(1), torch.ones(1, 32, 32))


def test_dvae_54_the_logits_are_the_last_convolution_and_no_codebook_takes_part():
    x = torch.rand(2, 1, 28, 28)
    model = DVAE(num_codes=16, width=8)
    before = model.logits(x)
    assert isinstance(model.encoder[-1], torch.nn.Conv2d)
    assert model.encoder[-1].kernel_size == (1, 1) and model.encoder[-1].out_channels == 16
    with torch.no_grad():
        model.codebook.normal_()  # another codebook
    assert torch.equal(model.logits(x), before)


def test_dvae_55_the_weighted_sum_is_a_1x1_convolution():
    decoder, logits = Decoder(16, 8), Encoder(16, 8)(torch.rand(3, 1, 28, 28))
    y = gumbel_softmax(logits)
    vectors = decoder[0].weight.flatten(1).T  # (K, D)
    expected = torch.zeros(3, 7, 7, 8)
    for k in range(16):
        expected = expected + y[:, k, :, :, None] * vectors[k]
    assert_close(decoder[0](y), expected.movedim(-1, 1) + decoder[0].bias.view(1, -1, 1, 1))


def test_dvae_56_gumbel_noise_samples_and_gumbel_max_has_no_tau():
    p = torch.tensor([0.5] + [0.01] * 50)
    n = 100_000
    share = (gumbel_max(p.log().expand(n, 51)) == 0).double().mean()
    assert abs(share - 0.5) < 5 * 0.5 / math.sqrt(n)  # 5 sigma
    assert p.argmax() == 0
    assert "tau" not in inspect.signature(gumbel_max).parameters
    assert "tau" in inspect.signature(F.gumbel_softmax).parameters


def test_dvae_57_annealing_closes_the_gap(data, trained):
    gaps = []
    for model in trained:
        soft, hard = errors(model, data[:500])
        gaps.append((hard / soft - 1).abs())
    assert gaps[0] < gaps[1] / 3
    values = [cosine(step, 150_000, 1.0, 1 / 16) for step in range(0, 150_001, 10_000)]
    assert values[0] == 1 and values[-1] == 1 / 16 and values == sorted(values, reverse=True)


def test_dvae_58_inference_is_the_argmax(data, trained):
    model = trained[0]
    first = model.encode(data[:50])
    assert torch.equal(first, model.encode(data[:50]))
    assert torch.equal(first, model.logits(data[:50]).argmax(1))
