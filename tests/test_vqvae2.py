"""The two-level VQ-VAE against its parts written out."""

import math

import pytest
import torch

from torchnotes import load_images
from torchnotes.losses import gaussian_nll
from torchnotes.training import fit
from torchnotes.vqvae2 import VQVAE2


@pytest.fixture(scope="module")
def trained():
    images = load_images()[0][:480]
    torch.manual_seed(0)
    model = VQVAE2(width=16)
    history = fit(model, images, epochs=5, lr=5e-3, batch_size=32)
    return model.eval(), images[:40], history


def by_cdist(z, codebook):
    """The nearest codes of a map, by the distances themselves: (B, D, H, W) -> (B, H, W)."""
    vectors = z.movedim(1, -1)
    return torch.cdist(vectors.flatten(0, -2), codebook).argmin(1).view(vectors.shape[:-1])


def normalised(quantizer, z):
    shape = (1, -1, 1, 1)
    scale = (quantizer.running_var + 1e-5).sqrt()
    return (z - quantizer.running_mean.view(shape)) / scale.view(shape)


@torch.no_grad()
def test_encode_is_the_nearest_code_of_each_level(trained):
    model, x, _ = trained
    top, bottom = model.encode(x)
    assert top.shape == (40, 7, 7) and bottom.shape == (40, 14, 14)
    assert top.dtype == bottom.dtype == torch.int64
    h = model.features(x)
    assert torch.equal(top, by_cdist(normalised(model.top, model.to_top(h)), model.top.codebook))
    above = model.from_top(model.top.codebook[top].movedim(-1, 1))
    z_e = normalised(model.bottom, model.to_bottom(torch.cat([h, above], 1)))
    assert torch.equal(bottom, by_cdist(z_e, model.bottom.codebook))


@torch.no_grad()
def test_bottom_codes_depend_on_the_decoded_top(trained):
    model, x, _ = trained
    top, bottom = model.encode(x)
    bias = model.from_top[0].bias
    bias += 1.0
    same_top, other_bottom = model.encode(x)
    bias -= 1.0
    assert torch.equal(same_top, top)
    assert (other_bottom != bottom).float().mean() > 0.05


@torch.no_grad()
def test_forward_and_reconstruct_agree_and_leave_no_trace(trained):
    model, x, _ = trained
    state = {k: v.clone() for k, v in model.state_dict().items()}
    torch.testing.assert_close(model(x), model.reconstruct(x), rtol=1e-5, atol=1e-5)
    assert torch.equal(model.reconstruct(x), model.reconstruct(x)), "evaluation draws noise"
    model.bound(x), model.losses(x), model.sample(3)
    assert all(torch.equal(v, state[k]) for k, v in model.state_dict().items())


@torch.no_grad()
def test_both_levels_reach_the_picture(trained):
    model, x, _ = trained
    top, bottom = model.encode(x)
    base = model.decode((top, bottom))
    assert base.shape == (40, 1, 28, 28)
    assert (model.decode((top.roll(1, 0), bottom)) - base).abs().mean() > 1e-3
    assert (model.decode((top, bottom.roll(1, 0))) - base).abs().mean() > 1e-3


@torch.no_grad()
def test_bound_is_nll_plus_245_codes(trained):
    model, x, _ = trained
    expected = gaussian_nll(x, model.reconstruct(x), model.log_scale) + 245 * math.log(64)
    torch.testing.assert_close(model.bound(x), expected)


def test_loss_is_the_sum_of_its_parts_and_reaches_every_weight():
    torch.manual_seed(0)
    model, x = VQVAE2(ema=False, commitment=0.7), torch.rand(8, 1, 28, 28)
    parts = model.losses(x)
    expected = parts["nll"] + parts["nll_top"] + parts["codebook"] + 0.7 * parts["commitment"]
    torch.testing.assert_close(parts["loss"], expected)
    parts["loss"].backward()
    without = [n for n, p in model.named_parameters() if p.grad is None or not p.grad.any()]
    assert not without, without


def test_the_reconstruction_alone_trains_both_encoders():
    """The gradient passes both quantisers: straight through the bottom's, and the top's twice."""
    torch.manual_seed(0)
    model, x = VQVAE2(), torch.rand(8, 1, 28, 28)
    (model(x) - x).square().sum().backward()
    for part in (model.features, model.to_top, model.to_bottom, model.from_top):
        assert all(p.grad.any() for p in part.parameters())


def test_training_uses_both_codebooks(trained):
    _, _, history = trained
    assert history["mse"][-1] < 0.5 * history["mse"][0]
    assert history["perplexity_top"][-1] > 8 and history["perplexity_bottom"][-1] > 8


@torch.no_grad()
def test_the_top_has_a_picture_of_its_own(trained):
    model, x, _ = trained
    parts = model.losses(x)
    picture = model.decode_top(model.encode(x)[0])
    expected = gaussian_nll(x, picture, model.log_scale_top).mean()
    torch.testing.assert_close(parts["nll_top"], expected, rtol=1e-4, atol=1e-2)
    assert (picture - x).square().mean() < 0.8 * x.var(0).mean(), "no better than the mean image"


def test_without_it_the_model_is_the_papers():
    torch.manual_seed(0)
    model, x = VQVAE2(top_picture=False, ema=False), torch.rand(8, 1, 28, 28)
    parts = model.losses(x)
    expected = parts["nll"] + parts["codebook"] + 0.25 * parts["commitment"]
    torch.testing.assert_close(parts["loss"], expected)
    parts["loss"].backward()
    assert all(p.grad is not None and p.grad.any() for p in model.parameters())
    with pytest.raises(ValueError, match="top_picture"):
        model.decode_top(model.encode(x)[0])


def test_sample_draws_pictures():
    torch.manual_seed(0)
    model = VQVAE2(num_codes=8, dim=4, width=8).eval()
    assert model.sample(5).shape == (5, 1, 28, 28)
    assert not torch.equal(model.sample(1), model.sample(1))
