"""What the dVAE note states about the VAE, run."""

import math

import pytest
import torch
from torch import nn
from torch.distributions import Independent, MultivariateNormal, Normal, kl_divergence

from torchnotes import load_images
from torchnotes.losses import gaussian_kl
from torchnotes.training import fit
from torchnotes.vae import VAE, reparameterize


@pytest.fixture(autouse=True)
def one_thread():  # so little to compute that threads only wait for each other
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def x():
    return torch.rand(4, 1, 28, 28, generator=torch.Generator().manual_seed(0))


def test_dvae_03(x):
    """The draw comes before the decoder, which is deterministic."""
    torch.manual_seed(0)
    vae = VAE(width=8)
    z = reparameterize(*vae.posterior(x))
    assert torch.equal(vae.decode(z), vae.decode(z))
    assert not torch.equal(z, reparameterize(*vae.posterior(x)))
    state = torch.get_rng_state()
    vae.decode(z)
    assert torch.equal(torch.get_rng_state(), state), "decoding draws no random number"


def test_dvae_04(x):
    """The loss is reconstruction + KL, with KL = 0.5 sum(mu^2 + sigma^2 - 1 - ln sigma^2)."""
    torch.manual_seed(0)
    vae = VAE(width=8).eval()
    mean, log_var = vae.posterior(x)
    q = Independent(Normal(mean, (log_var / 2).exp()), 3)
    prior = Independent(Normal(torch.zeros_like(mean), torch.ones_like(mean)), 3)
    kl = 0.5 * (mean**2 + log_var.exp() - 1 - log_var).sum((1, 2, 3))
    torch.testing.assert_close(kl, kl_divergence(q, prior))
    losses = vae.losses(x)
    torch.testing.assert_close(losses["kl"], kl.mean())
    torch.testing.assert_close(losses["loss"], losses["nll"] + losses["kl"])


def test_dvae_06():
    """On a ring, an AE fed N(0, 1) misses, a VAE mostly hits; fed the law of its codes, an AE hits.

    On two numbers the note's contrast shows; what makes it is the law from which z is drawn.
    """
    torch.manual_seed(0)
    angle = 2 * math.pi * torch.rand(1000)
    data = 3 * torch.stack([angle.cos(), angle.sin()], 1) + 0.05 * torch.randn(1000, 2)

    def net(n_in, n_out):
        return nn.Sequential(nn.Linear(n_in, 64), nn.Tanh(), nn.Linear(64, n_out))

    def train(variational):
        torch.manual_seed(1)
        encoder, decoder = net(2, 4), net(2, 2)
        optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=5e-3)
        for _ in range(1500):
            mean, log_var = encoder(data).chunk(2, 1)
            z = reparameterize(mean, log_var) if variational else mean
            loss = (decoder(z) - data).square().sum(1) / (2 * 0.3**2)
            if variational:
                loss = loss + gaussian_kl(mean, log_var)
            optimizer.zero_grad()
            loss.mean().backward()
            optimizer.step()
        with torch.no_grad():
            mean, log_var = encoder(data).chunk(2, 1)
            error = (decoder(mean) - data).square().mean()
            z = reparameterize(mean, log_var) if variational else mean
        return decoder, error, z

    def valid(decoder, z):
        with torch.no_grad():
            return ((decoder(z).norm(dim=1) - 3).abs() < 0.3).float().mean().item()

    prior = torch.randn(4000, 2)
    (ae, ae_error, codes), (vae, vae_error, _) = train(False), train(True)
    assert ae_error < vae_error, "the AE reconstructs better"
    known = codes[torch.randint(1000, (4000,))] + 0.02 * torch.randn(4000, 2)
    assert valid(vae, prior) > 0.5 > 2 * valid(ae, prior)
    assert valid(ae, known) > 0.9, "an AE with the law of its codes generates"


def test_dvae_06_a_fixed_prior_can_be_wrong_for_a_vae():
    """On the 7 x 7 grid N(0, 1) fits each number and not all together: a fitted law does better."""
    images = load_images()[0][:3000]
    torch.manual_seed(0)
    vae = VAE(width=16)
    fit(vae, images, epochs=3, lr=4e-3, batch_size=32)
    with torch.no_grad():
        z = reparameterize(*vae.posterior(images)).flatten(1)
        factor = torch.linalg.cholesky(z.T.cov() + 1e-4 * torch.eye(196))
        fitted = (z.mean(0) + torch.randn(3000, 196) @ factor.T).view(-1, 4, 7, 7)
        target = images.flatten(1).T.cov()

        def off(pictures):
            return ((pictures.flatten(1).T.cov() - target).norm() / target.norm()).item()

        by_prior, by_fit = off(vae.sample(3000)), off(vae.decode(fitted))
    assert abs(z.mean()) < 0.1 and abs(z.std() - 1) < 0.1, "each number keeps the prior's promise"
    assert (z.T.corrcoef() - torch.eye(196)).abs().max() > 0.5, "they do not together"
    assert by_fit < 0.5 * by_prior, (by_fit, by_prior)


def test_dvae_07(x):
    """A VAE's KL is a code length, and codes with a learned prior generate: two stages."""
    torch.manual_seed(0)
    vae = VAE(width=8)
    fit(vae, x, epochs=20, lr=5e-3, batch_size=4)
    bits = vae.losses(x)["kl"] / math.log(2)
    assert bits < 784 * 8, "far fewer bits than the pixels take"

    codes = torch.randint(4, (5000,))  # of two positions that always agree
    pairs = torch.stack([codes, codes], 1)
    uniform = torch.randint(4, (5000, 2))
    learned = torch.bincount(pairs @ torch.tensor([4, 1]), minlength=16).double()
    drawn = torch.multinomial(learned, 5000, replacement=True)
    assert abs((uniform[:, 0] == uniform[:, 1]).double().mean() - 0.25) < 4 * 0.0062
    assert (drawn // 4 == drawn % 4).all()


def test_dvae_08(x):
    """A continuous Gaussian latent, drawn, decoded."""
    torch.manual_seed(0)
    vae = VAE(width=8)
    mean, log_var = vae.posterior(x)
    assert mean.shape == log_var.shape == (4, 4, 7, 7) and mean.is_floating_point()
    z = torch.stack([reparameterize(mean, log_var) for _ in range(2000)])
    score = (z.mean(0) - mean) / (log_var / 2).exp() * math.sqrt(2000)
    assert score.abs().max() < 5
    assert vae.decode(z[0]).shape == x.shape


def test_dvae_12(x):
    """A continuous latent with the trick: the encoder gets a gradient through the draw."""
    torch.manual_seed(0)
    vae = VAE(width=8)
    vae.losses(x)["nll"].backward()  # the KL would reach the encoder without any draw
    assert all(p.grad.abs().sum() > 0 for p in vae.encoder.parameters())


def test_dvae_17():
    """sample() has no gradient; torch.normal has one, which is zero."""
    mu = torch.tensor([0.7, 0.1], requires_grad=True)
    sigma = torch.tensor([1.3, 0.2], requires_grad=True)
    z = Normal(mu, sigma).sample()
    assert not z.requires_grad and z.grad_fn is None
    z = torch.normal(mu, sigma)
    assert z.requires_grad
    for grad in torch.autograd.grad(z.sum(), [mu, sigma]):
        assert grad.tolist() == [0.0, 0.0]


def test_dvae_17_reinforce_would_exist():
    """Blocked is the path through z; the score function needs none and is unbiased."""
    torch.manual_seed(0)
    mu = torch.tensor(0.7, requires_grad=True)
    q = Normal(mu, 1.3)
    z = q.sample((200_000,))
    (grad,) = torch.autograd.grad((z**2 * q.log_prob(z)).mean(), mu)
    assert abs(grad - 1.4) < 4 * math.sqrt(32.35 / 200_000)


def test_dvae_18():
    """Fixed noise, then a deterministic transformation: the law is N(mu, sigma^2)."""
    torch.manual_seed(0)
    mean, log_var = torch.full((50_000,), 0.7), torch.full((50_000,), 2 * math.log(1.3))
    z = reparameterize(mean, log_var)
    torch.manual_seed(0)
    assert torch.allclose(z, 0.7 + 1.3 * torch.randn(50_000))
    u = Normal(0.7, 1.3).cdf(z).sort()[0]
    gap = (u - torch.arange(50_000) / 50_000).abs().max() * math.sqrt(50_000)
    assert gap < 1.95, "Kolmogorov-Smirnov, p below 0.001"


def test_dvae_19():
    """d E[z^2] is 1.4 and 2.6; REINFORCE has 32.35 / 6.76 = 4.8 times the variance for mu."""
    torch.manual_seed(0)
    n = 1_000_000
    mean = torch.full((n,), 0.7, dtype=torch.float64, requires_grad=True)
    log_var = torch.full((n,), 2 * math.log(1.3), dtype=torch.float64, requires_grad=True)
    z = reparameterize(mean, log_var)
    d_mean, d_log_var = torch.autograd.grad((z**2).sum(), [mean, log_var])
    d_sigma = d_log_var * 2 / 1.3
    for grad, exact in ((d_mean, 1.4), (d_sigma, 2.6)):
        assert abs(grad.mean() - exact) < 4 * grad.std() / math.sqrt(n)
    score = (z**2 * (z - 0.7) / 1.3**2).detach()
    assert abs(score.mean() - 1.4) < 4 * score.std() / math.sqrt(n)
    assert score.var() / d_mean.var() == pytest.approx(32.35 / 6.76, abs=0.1)


def test_dvae_19_end_to_end(x):
    """Gradients through the draw train encoder and decoder together: the bound falls."""
    torch.manual_seed(0)
    vae = VAE(width=8)
    loss = fit(vae, x, epochs=60, lr=5e-3, batch_size=4)["loss"]
    assert loss[-5:].mean() < loss[:5].mean() - 100


def test_dvae_04_bounds_log_p():
    """Reconstruction + KL exceeds -ln p(x) by the KL from q to the true posterior, exactly."""
    w, s, x = 2.0, 0.5, torch.tensor(1.5, dtype=torch.float64)
    marginal = MultivariateNormal(torch.zeros(1).double(), torch.tensor([[w * w + s * s]]).double())
    variance = s**2 / (w**2 + s**2)
    posterior = Normal(w * x / (w**2 + s**2), math.sqrt(variance))
    q = Normal(torch.tensor(0.6).double(), torch.tensor(0.4).double())
    squared = (x - w * q.mean) ** 2 + w**2 * q.variance
    loss = squared / (2 * s**2) + math.log(s * math.sqrt(2 * math.pi))
    loss = loss + gaussian_kl(q.mean.view(1, 1), 2 * q.stddev.log().view(1, 1))
    gap = loss + marginal.log_prob(x[None])
    torch.testing.assert_close(gap[0], kl_divergence(q, posterior))
