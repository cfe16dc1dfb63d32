"""Claims DVAE-09 to DVAE-33 that the page on the VQ-VAE shows."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from torchnotes import load_images
from torchnotes.autoencoder import AutoEncoder, Decoder, Encoder
from torchnotes.losses import code_counts, mean_squared_error, perplexity
from torchnotes.training import evaluate, fit
from torchnotes.vq import (
    VQVAE,
    VectorQuantizer,
    nearest_code,
    straight_through,
    vq_losses,
)

BAD = {"data_init": False, "normalize": False, "ema": False, "revive_below": 0.0}


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # nets this small are faster so
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def images():
    return load_images()[0][:2560], load_images(split="test")[0][:500]


def note_quantize(z_e, codebook):
    """The note's line: z_q = z_e + (e_k - z_e).detach()."""
    e_k = codebook[nearest_code(z_e, codebook)]
    return z_e + (e_k - z_e).detach()


def test_dvae_09():
    model = VQVAE(8, 4, width=8)
    x = torch.rand(5, 1, 28, 28)
    codes = model.encode(x)
    assert not codes.is_floating_point() and codes.min() >= 0 and codes.max() < 8
    torch.manual_seed(1)
    assert torch.equal(model.encode(x), codes), "nothing is drawn"


def test_dvae_13_stopping_alone_gives_no_gradient_and_the_copy_is_biased():
    codebook = torch.randn(6, 3)
    z_e = torch.randn(40, 3, dtype=torch.float64, requires_grad=True)
    codebook = codebook.double()
    e_k = codebook[nearest_code(z_e, codebook)]
    assert not e_k.detach().requires_grad, "stop-gradient alone: nothing to walk back along"
    (g,) = torch.autograd.grad(straight_through(e_k, z_e).square().sum(), z_e)
    torch.testing.assert_close(g, 2 * e_k)
    h = 1e-7  # the true derivative is 0: no code changes in so small a step
    step = torch.zeros_like(z_e)
    step[:, 0] = h
    moved = codebook[nearest_code(z_e + step, codebook)].square().sum(1)
    assert torch.equal(moved, e_k.square().sum(1)) and g[:, 0].abs().mean() > 0.1


def test_dvae_14():
    codebook, z_e = torch.randn(6, 3), torch.randn(40, 3, requires_grad=True)
    z_q = note_quantize(z_e, codebook)
    z_q.retain_grad()
    (z_q.cos() * torch.randn(40, 3)).sum().backward()
    assert torch.equal(z_e.grad, z_q.grad) and z_e.grad.any()


def test_dvae_20():
    codebook, z_e = torch.randn(6, 3), torch.randn(40, 3)
    k = nearest_code(z_e, codebook)
    for i in range(40):
        assert k[i] == (z_e[i] - codebook).norm(dim=1).argmin()


def test_dvae_21():
    z_e = torch.randn(40, 3, requires_grad=True)
    k = nearest_code(z_e, torch.randn(6, 3))
    assert k.dtype == torch.int64 and k.grad_fn is None and not k.requires_grad


def test_dvae_22():
    codebook, z_e = torch.randn(6, 3), torch.randn(4000, 3)
    e_k = codebook[nearest_code(z_e, codebook)]
    assert (note_quantize(z_e, codebook) - e_k).abs().max() < 1e-5
    far = 1e4 * z_e
    off = (note_quantize(far, codebook) - codebook[nearest_code(far, codebook)]).abs().max()
    assert 1e-4 < off < 1e-2, "equal up to rounding only"
    assert torch.equal(straight_through(e_k, far), e_k)


def test_dvae_23():
    encoder, decoder = nn.Linear(5, 3), nn.Linear(3, 5)
    codebook = torch.randn(6, 3, requires_grad=True)
    x = torch.randn(20, 5)
    z_e = encoder(x)
    F.mse_loss(decoder(note_quantize(z_e, codebook)), x).backward()
    assert codebook.grad is None and encoder.weight.grad.any() and decoder.weight.grad.any()
    e_k = codebook[nearest_code(z_e, codebook)]
    vq_losses(z_e, e_k)[0].sum().backward()
    assert codebook.grad.any()


def error_of(model, images, epochs=4, lr=2e-3, **options):
    train, test = images
    fit(model, train, epochs=epochs, lr=lr, **options)
    model.eval()
    rebuild = getattr(model, "reconstruct", model)
    return evaluate(lambda x: {"mse": mean_squared_error(x, rebuild(x))}, test)["mse"]


class GumbelBottleneck(nn.Module):
    """The dVAE's way on the same backbone: a relaxed one-hot, annealed from 1 to 1/16."""

    def __init__(self, num_codes=64):
        super().__init__()
        self.encoder, self.decoder = Encoder(num_codes), Decoder(num_codes)
        self.num_codes, self.tau = num_codes, 1.0

    def losses(self, x):
        y = F.gumbel_softmax(self.encoder(x), self.tau, dim=1)
        return {"loss": 392 * F.mse_loss(self.decoder(y), x).log()}

    def reconstruct(self, x):
        codes = self.encoder(x).argmax(1)
        return self.decoder(F.one_hot(codes, self.num_codes).movedim(-1, 1).float())


def test_dvae_30_slow_is_a_collapsed_codebook(images):
    collapsed = VQVAE(**BAD)
    bad = error_of(collapsed, images)
    use = perplexity(code_counts(collapsed.encode(images[1]), 64))
    assert use < 5, f"perplexity {use}"
    good = error_of(VQVAE(), images)
    torch.manual_seed(0)
    exact = error_of(AutoEncoder(4), images)
    torch.manual_seed(0)

    def anneal(model, step, steps):
        model.tau = 16 ** (-step / steps)

    relaxed = error_of(GumbelBottleneck(), images, lr=5e-3, before_step=anneal)
    assert good < 0.6 * bad and good < exact and good < relaxed


@pytest.mark.parametrize("ema", [False, True])
def test_dvae_31_fixed_in_size_only(ema):
    quantizer = VectorQuantizer(8, 3, **BAD | {"ema": ema})
    before = quantizer.codebook.detach().clone()
    optimizer = torch.optim.SGD(list(quantizer.parameters()) or [torch.zeros(1)], lr=1e-3)
    z = torch.randn(10, 3, 7, 7)
    for _ in range(50):
        optimizer.zero_grad()
        quantizer.loss(quantizer(z)).sum().backward() if not ema else quantizer(z)
        optimizer.step()
    assert quantizer.codebook.shape == before.shape
    assert (quantizer.codebook - before).norm(dim=1).max() > 0.2


def test_dvae_33():
    z_e, e_k = torch.randn(4, 9, requires_grad=True), torch.randn(4, 9, requires_grad=True)
    (g,) = torch.autograd.grad(0.25 * vq_losses(z_e, e_k)[1].sum(), z_e)
    torch.testing.assert_close(g, 2 * 0.25 * (z_e - e_k).detach())
