"""The claims of the AE column of the dVAE note's first table: a test per verdict.

A dense autoencoder stands in for the page's convolutional one, because it trains in two seconds.
What is asserted are orders that hold by a wide margin, not figures.
"""

import copy

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from torchnotes import load_images
from torchnotes.autoencoder import AutoEncoder
from torchnotes.training import fit
from torchnotes.vae import VAE


class Dense(AutoEncoder):
    """784 -> 256 -> 196 and back: as many numbers per image as the grid of the page."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 196)
        )
        self.decoder = nn.Sequential(
            nn.Linear(196, 256), nn.ReLU(), nn.Linear(256, 784), nn.Unflatten(1, (1, 28, 28))
        )


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)  # small layers: more threads mostly wait for each other
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def data():
    train, labels = load_images()
    test, test_labels = load_images(split="test")
    return train[:4000], labels[:4000], test[:1000], test_labels[:1000]


@pytest.fixture(scope="module")
def trained(data):
    torch.manual_seed(0)
    model = Dense()
    fit(model, data[0], epochs=6, lr=2e-3, batch_size=64)
    return model.eval()


def error(picture, images):
    return F.mse_loss(picture, images).item()


@torch.no_grad()
def test_dvae_01_an_ae_gives_a_vector_and_a_vae_a_mean_and_a_log_variance(data):
    x = data[2][:3]
    torch.manual_seed(0)
    ae, vae = AutoEncoder(channels=4), VAE(channels=4)
    first, again = ae.encoder(x), ae.encoder(x)
    assert isinstance(first, torch.Tensor)
    assert first.shape == (3, 4, 7, 7)
    assert torch.equal(first, again)  # nothing is drawn
    mean, log_var = vae.posterior(x)
    assert mean.shape == log_var.shape == (3, 4, 7, 7)
    assert (log_var < 0).any()  # so it cannot be a variance
    assert not torch.equal(mean, log_var)


@torch.no_grad()
def test_dvae_02_an_ae_assumes_no_law_of_its_codes_and_a_vae_does(data, trained):
    x = data[2]
    scaled = copy.deepcopy(trained)
    scaled.encoder[-1].weight.mul_(128)  # a power of two: no rounding
    scaled.encoder[-1].bias.mul_(128)
    scaled.decoder[0].weight.div_(128)
    assert torch.allclose(scaled.encoder(x), 128 * trained.encoder(x), rtol=1e-5)
    assert scaled.losses(x)["loss"].item() == pytest.approx(trained.losses(x)["loss"].item())

    torch.manual_seed(0)
    vae = VAE()
    z_scaled = copy.deepcopy(vae)
    with torch.no_grad():  # the same change of the means makes a VAE pay
        last = [m for m in z_scaled.encoder.modules() if isinstance(m, nn.Conv2d)][-1]
        last.weight[:4].mul_(128)
        last.bias[:4].mul_(128)
    assert z_scaled.losses(x)["kl"] > 10 * vae.losses(x)["kl"]


@torch.no_grad()
def test_dvae_05_compression_needs_rounding_and_then_works(data, trained):
    test = data[2]
    z = trained.encoder(test)
    assert z[0].numel() * 32 == test[0].numel() * 8  # as floats: not a bit saved

    def through(bits):
        low, high = z.amin(0), z.amax(0)
        steps = 2**bits - 1
        levels = ((z - low) / (high - low) * steps).round()
        return error(trained.decoder(low + levels / steps * (high - low)), test)

    whole = error(trained(test), test)
    assert whole < 0.25 * test.var(0).mean()
    assert through(6) < 1.1 * whole  # 784 * 8 / (196 * 6): a fifth of the bits
    assert through(1) > 3 * whole


@torch.no_grad()
def test_dvae_05_codes_serve_as_features(data, trained):
    train, labels, test, test_labels = data

    def accuracy(a, b):
        nearest = labels[torch.cdist(b.flatten(1), a.flatten(1)).argmin(1)]
        return (nearest == test_labels).float().mean().item()

    pixels = accuracy(train, test)
    codes = accuracy(trained.encoder(train), trained.encoder(test))
    assert pixels > 0.7
    assert codes > pixels - 0.04  # a quarter of the numbers; three standard errors


def test_dvae_05_denoising_works_when_trained_for(data, trained):
    class Denoiser(Dense):
        def losses(self, x):
            return {"loss": F.mse_loss(self(x + 0.5 * torch.randn_like(x)), x)}

    denoiser = Denoiser()
    denoiser.load_state_dict(trained.state_dict())
    fit(denoiser, data[0], epochs=4, lr=2e-3, batch_size=64)
    test = data[2]
    torch.manual_seed(1)
    noisy = test + 0.5 * torch.randn_like(test)
    with torch.no_grad():
        plain, trained_for_it = error(trained(noisy), test), error(denoiser(noisy), test)
    assert plain < 0.5 * error(noisy, test)  # squeezing alone removes some
    assert trained_for_it < 0.9 * plain


def test_dvae_05_a_linear_autoencoder_finds_the_subspace_of_pca():
    torch.manual_seed(0)
    X = torch.randn(300, 12, dtype=torch.float64) * torch.linspace(3, 0.3, 12)
    X = X @ torch.linalg.qr(torch.randn(12, 12, dtype=torch.float64))[0]
    X = X - X.mean(0)
    S, Vt = torch.linalg.svd(X, full_matrices=False)[1:]
    E = torch.randn(12, 3, dtype=torch.float64, requires_grad=True)
    D = torch.randn(3, 12, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([E, D], max_iter=2000, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        loss = F.mse_loss(X @ E @ D, X)
        loss.backward()
        return loss

    for _ in range(5):
        optimizer.step(closure)
    found, best = closure().item(), (S[3:].square().sum() / X.numel()).item()
    assert found == pytest.approx(best, rel=1e-4)
    basis = torch.linalg.qr(D.detach().T)[0]
    assert torch.linalg.svdvals(basis.T @ Vt[:3].T).min() > 0.999
