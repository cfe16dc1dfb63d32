"""The VAE's draw, bound and samples against closed forms and torch.distributions."""

import math

import pytest
import torch
from torch import nn
from torch.distributions import Independent, Normal, kl_divergence

from torchnotes.training import fit
from torchnotes.vae import VAE, reparameterize

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture
def images():
    return torch.rand(6, 1, 28, 28, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def vae():
    torch.manual_seed(0)
    return VAE(channels=3, width=8).eval()


def test_the_draw_has_the_stated_law():
    """Kolmogorov-Smirnov against torch's own normal distribution function, at 4 sigma or so."""
    torch.manual_seed(0)
    n = 20_000
    mean, log_var = torch.full((n,), -1.5), torch.full((n,), math.log(0.3))
    z = reparameterize(mean, log_var)
    u = Normal(-1.5, math.sqrt(0.3)).cdf(z).sort()[0]
    gap = (u - torch.arange(n) / n).abs().max() * math.sqrt(n)
    assert gap < 1.95, "p below 0.001"


def test_the_draws_gradient_is_that_of_the_formula():
    mean, log_var = torch.randn(2, 3, 4, dtype=torch.float64, requires_grad=True).unbind(0)

    def draw(mean, log_var):
        torch.manual_seed(5)
        return reparameterize(mean, log_var)

    assert torch.autograd.gradcheck(draw, (mean, log_var))


def test_noise_is_fresh_for_every_element():
    torch.manual_seed(0)
    z = reparameterize(torch.zeros(50, 40), torch.zeros(50, 40))
    off_diagonal = z.T.corrcoef() - torch.eye(40)
    assert off_diagonal.abs().max() < 5.5 / math.sqrt(50)
    assert z.unique().numel() > 1990


def test_losses_are_those_of_torch_distributions(vae, images):
    vae.beta = 3.0
    torch.manual_seed(1)
    found = vae.losses(images)
    mean, log_var = vae.encoder(images).split(3, dim=1)
    q = Independent(Normal(mean, (log_var / 2).exp()), 3)
    prior = Independent(Normal(torch.zeros_like(mean), torch.ones_like(mean)), 3)
    torch.manual_seed(1)
    picture = vae.decoder(mean + (log_var / 2).exp() * torch.randn_like(mean))
    likelihood = Independent(Normal(picture, vae.log_scale.exp()), 3)
    nll, kl = -likelihood.log_prob(images).mean(), kl_divergence(q, prior).mean()
    torch.testing.assert_close(found["nll"], nll)
    torch.testing.assert_close(found["kl"], kl)
    torch.testing.assert_close(found["loss"], nll + 3 * kl)
    torch.testing.assert_close(found["mse"], (picture - images).square().mean())


def test_the_bound_ignores_beta_and_lies_above_minus_log_p():
    """With a linear decoder p(x) is a normal law that can be written down."""
    torch.manual_seed(0)
    vae = VAE(channels=1, width=8).double().eval()
    vae.beta = 7.0
    weight = 0.05 * torch.randn(784, 49, dtype=torch.float64)
    vae.decoder = nn.Sequential(nn.Flatten(), nn.Linear(49, 784, bias=False).double())
    vae.decoder.append(nn.Unflatten(1, (1, 28, 28)))
    vae.decoder[1].weight.data = weight
    s2 = float(vae.log_scale.exp()) ** 2
    eye = torch.eye(784, dtype=torch.float64)
    exact = torch.distributions.MultivariateNormal(
        torch.zeros(784, dtype=torch.float64), weight @ weight.T + s2 * eye
    )
    x = exact.sample((4,)).view(4, 1, 28, 28)
    minus_log_p = -exact.log_prob(x.flatten(1))

    draws = torch.stack([vae.bound(x).detach() for _ in range(100)])
    error = draws.std(0) / math.sqrt(100)
    assert (draws.mean(0) + 5 * error > minus_log_p).all()

    # With the true posterior, diagonal because the columns are made orthogonal, they are equal.
    weight = torch.linalg.qr(weight)[0] * 2.0
    vae.decoder[1].weight.data = weight
    variance = s2 / (s2 + 4.0)
    vae.posterior = lambda x: (
        (x.flatten(1) @ weight * variance / s2).view(-1, 1, 7, 7),
        torch.full((len(x), 1, 7, 7), math.log(variance), dtype=torch.float64),
    )
    covariance = weight @ weight.T + s2 * eye
    exact = torch.distributions.MultivariateNormal(
        torch.zeros(784, dtype=torch.float64), covariance
    )
    minus_log_p = -exact.log_prob(x.flatten(1))
    draws = torch.stack([vae.bound(x).detach() for _ in range(200)])
    error = draws.std(0) / math.sqrt(200)
    assert ((draws.mean(0) - minus_log_p).abs() < 4.5 * error).all()


def test_log_scale_moves_to_the_root_of_the_error_in_training_only(vae, images):
    before = vae.log_scale.clone()
    vae.losses(images)
    vae.bound(images)
    assert torch.equal(vae.log_scale, before)
    vae.train()
    for _ in range(200):
        mse = vae.losses(images)["mse"]
    torch.testing.assert_close(vae.log_scale.exp(), mse.sqrt(), rtol=0.05, atol=0)
    assert "log_scale" in vae.state_dict()


def test_evaluation_is_deterministic_and_samples_are_not(vae, images):
    assert vae.encode(images).shape == (6, 3, 7, 7)
    assert torch.equal(vae.reconstruct(images), vae.reconstruct(images))
    assert torch.equal(vae(images), vae.decode(vae.encode(images)))
    a, b = vae.sample(5), vae.sample(5)
    assert a.shape == (5, 1, 28, 28) and not a.requires_grad
    assert not torch.allclose(a, b)


def test_samples_are_decoded_draws_of_the_prior(vae):
    vae.decoder = nn.Identity()
    torch.manual_seed(2)
    z = vae.sample(400)
    assert z.shape == (400, 3, 7, 7)
    assert abs(z.mean()) < 4 / math.sqrt(z.numel())
    assert abs(z.var() - 1) < 4 * math.sqrt(2 / z.numel())


def test_gradients_reach_every_parameter(vae, images):
    vae.train().losses(images)["loss"].backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in vae.parameters())


def test_a_large_beta_collapses_the_posterior(images):
    def kl(beta):
        torch.manual_seed(0)
        vae = VAE(channels=1, width=8, beta=beta)
        return fit(vae, images, epochs=80, lr=1e-2, batch_size=6)["kl"][-1]

    assert kl(1000.0) < 0.5 < 1.5 < kl(0.01)
