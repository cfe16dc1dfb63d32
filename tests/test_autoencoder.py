"""The dVAE chapter's backbone and training loop."""

import pytest
import torch
from torch import nn

from torchnotes.autoencoder import AutoEncoder, Decoder, Encoder
from torchnotes.training import batches, evaluate, fit


@pytest.fixture
def images():
    return torch.rand(50, 1, 28, 28, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("channels", [1, 6])
def test_shapes(images, channels):
    z = Encoder(channels, width=8)(images)
    assert z.shape == (50, channels, 7, 7)
    assert Decoder(channels, width=8, out_channels=2)(z).shape == (50, 2, 28, 28)


def test_a_position_of_the_grid_sees_its_neighbourhood_only(images):
    """The grid is a map of the picture: codes can be looked at as one."""
    torch.manual_seed(0)
    encoder = Encoder(2, width=8)
    x = images[:1].requires_grad_()
    (grad,) = torch.autograd.grad(encoder(x)[0, :, 3, 3].sum(), x)
    rows = grad[0, 0].abs().sum(1).nonzero().flatten()
    columns = grad[0, 0].abs().sum(0).nonzero().flatten()
    assert 28 > rows.max() - rows.min() + 1 == columns.max() - columns.min() + 1
    assert rows.min() < 3 * 4 + 2 <= rows.max()


def test_decoders_first_layer_is_a_codebook():
    """Fed with one-hot codes, it looks them up: a column of its weight (plus its bias)."""
    decoder = Decoder(5, width=8)
    codes = torch.randint(5, (2, 7, 7))
    one_hot = nn.functional.one_hot(codes, 5).movedim(-1, 1).float()
    weight, bias = decoder[0].weight[:, :, 0, 0], decoder[0].bias
    expected = nn.functional.embedding(codes, weight.T) + bias
    torch.testing.assert_close(decoder[0](one_hot).movedim(1, -1), expected)


def test_batches_cover_every_image_once(images):
    parts = list(batches(images, 16, torch.Generator().manual_seed(1)))
    assert [len(p) for p in parts] == [16, 16, 16, 2]
    seen = torch.cat(parts)
    assert not torch.equal(seen, images)
    assert torch.equal(seen.flatten(1).sum(1).sort()[0], images.flatten(1).sum(1).sort()[0])


def test_fit_lowers_the_loss_and_repeats_itself(images):
    def run(seed):
        torch.manual_seed(3)
        model = AutoEncoder(4, width=8)
        return fit(model, images, epochs=6, batch_size=16, lr=1e-2, seed=seed)["loss"]

    first = run(0)
    assert len(first) == 6 * 4 and first[-4:].mean() < 0.5 * first[:4].mean()
    assert torch.equal(first, run(0))
    assert not torch.equal(first, run(1))


def test_fit_calls_before_every_step(images):
    calls = []
    fit(
        AutoEncoder(4, width=8),
        images,
        epochs=2,
        batch_size=25,
        before_step=lambda model, step, steps: calls.append((step, steps)),
    )
    assert calls == [(0, 4), (1, 4), (2, 4), (3, 4)]


def test_fit_stops_at_a_loss_that_is_no_number(images):
    with pytest.raises(FloatingPointError, match="lower lr"):
        fit(AutoEncoder(4, width=8), images * float("nan"), epochs=1)


def test_evaluate_weighs_a_short_last_batch_rightly(images):
    got = evaluate(lambda x: {"per_image": x.flatten(1).mean(1), "mean": x.mean()}, images, 16)
    assert got["per_image"] == pytest.approx(images.mean().item(), rel=1e-6)
    assert got["mean"] == pytest.approx(images.mean().item(), rel=1e-6)
