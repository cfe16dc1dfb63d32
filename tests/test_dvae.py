"""The dVAE against closed forms, enumeration and embedding look-ups."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch.testing import assert_close

from torchnotes.dvae import DVAE, anneal, cosine, one_hot
from torchnotes.gumbel import gumbel_softmax
from torchnotes.losses import gaussian_nll, mean_squared_error, uniform_kl
from torchnotes.training import fit


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)


@pytest.fixture
def images():
    return torch.rand(40, 1, 28, 28, generator=torch.Generator().manual_seed(0))


def far_apart(model, scale=30.0):
    """Scale the logits until q is almost certain of one code at each position."""
    with torch.no_grad():
        model.encoder[-1].weight.mul_(scale)
    return model


def test_cosine_runs_from_start_to_end_and_stays():
    assert cosine(0, 10, 1.0, 1 / 16) == 1.0
    assert cosine(10, 10, 1.0, 1 / 16) == cosine(99, 10, 1.0, 1 / 16) == 1 / 16
    assert cosine(5, 10, 1.0, 1 / 16) == pytest.approx((1 + 1 / 16) / 2)
    assert cosine(0, 0, 0.0, 6.6) == 6.6
    values = [cosine(i, 50, 0.0, 6.6) for i in range(51)]
    assert values == sorted(values)
    assert values[25] - values[24] > 5 * (values[1] - values[0])  # flat at both ends
    assert cosine(3, 10, 2.0, 0.0) == pytest.approx(1 + math.cos(0.3 * math.pi))


def test_one_hot_puts_the_codes_second():
    codes = torch.randint(5, (3, 4, 2))
    expected = torch.zeros(3, 5, 4, 2)
    for b in range(3):
        for i in range(4):
            for j in range(2):
                expected[b, codes[b, i, j], i, j] = 1
    assert torch.equal(one_hot(codes, 5), expected)


def test_shapes_and_types(images):
    model = DVAE(num_codes=10, width=8)
    codes = model.encode(images)
    assert codes.shape == (40, 7, 7) and codes.dtype == torch.int64
    assert model.logits(images).shape == (40, 10, 7, 7)
    assert model.codebook.shape == (10, 8)
    assert model.decode(codes).shape == model.sample(40).shape == images.shape
    assert model.bound(images).shape == (40,)
    losses = model.losses(images)
    assert set(losses) == {"loss", "nll", "kl", "mse"}
    assert all(value.dim() == 0 for value in losses.values())


def test_the_first_convolution_is_a_codebook(images):
    model = DVAE(num_codes=10, width=8)
    codes = model.encode(images)
    looked_up = F.embedding(codes, model.codebook).movedim(-1, 1)
    assert_close(
        model.decoder[0](one_hot(codes, 10)), looked_up + model.decoder[0].bias[:, None, None]
    )
    soft = gumbel_softmax(model.logits(images))
    mixed = torch.einsum("bkhw,kd->bdhw", soft, model.codebook)
    assert_close(model.decoder[0](soft), mixed + model.decoder[0].bias[:, None, None])


def test_reconstruction_has_no_chance_in_it(images):
    model = DVAE(num_codes=10, width=8).eval()
    state = torch.get_rng_state()
    first = model.reconstruct(images)
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(model(images), first)
    assert torch.equal(model.encode(images), model.logits(images).argmax(1))


def test_losses_add_up_in_nats_per_image(images):
    model = DVAE(num_codes=10, width=8, beta=3.0, tau=0.7).eval()
    torch.manual_seed(5)
    losses = model.losses(images)
    torch.manual_seed(5)
    logits = model.encoder(images)
    mean = model.decoder(gumbel_softmax(logits, 0.7))
    likelihood = torch.distributions.Normal(mean, model.log_scale.exp())
    nll = -likelihood.log_prob(images).sum((1, 2, 3)).mean()
    q = torch.distributions.Categorical(logits=logits.movedim(1, -1))
    kl = (math.log(10) - q.entropy()).sum((1, 2)).mean()
    assert_close(losses["nll"], nll)
    assert_close(losses["kl"], kl)
    assert_close(losses["loss"], nll + 3.0 * kl)
    assert_close(losses["mse"], F.mse_loss(mean, images))


def test_the_kl_does_not_depend_on_the_batch_size(images):
    model = DVAE(num_codes=10, width=8).eval()
    twice = torch.cat([images, images])
    assert_close(model.losses(images)["kl"], model.losses(twice)["kl"])
    assert_close(uniform_kl(model.logits(images)), uniform_kl(model.logits(twice))[:40])


def test_both_ends_receive_gradients(images):
    model = DVAE(num_codes=10, width=8, beta=0.0)
    model.losses(images)["loss"].backward()
    for name, p in model.named_parameters():
        assert p.grad is not None and p.grad.abs().max() > 0, name


def test_log_scale_moves_in_training_only(images):
    model = DVAE(num_codes=10, width=8).eval()
    model.losses(images)
    assert model.log_scale == -1
    model.train()
    with torch.no_grad():
        model.losses(images)
    assert model.log_scale == -1
    mse = model.losses(images)["mse"]
    assert_close(model.log_scale, 0.9 * torch.tensor(-1.0) + 0.1 * 0.5 * mse.log())


def test_the_bound_samples_hard_codes_at_weight_one(images):
    model = far_apart(DVAE(num_codes=10, width=8, beta=50.0, tau=5.0).eval(), 1e4)
    expected = gaussian_nll(images, model.reconstruct(images), model.log_scale)
    rate = uniform_kl(model.logits(images))
    assert_close(model.bound(images), expected + rate, rtol=1e-3, atol=1)
    decoded = []
    hook = model.decoder.register_forward_pre_hook(lambda _, args: decoded.append(args[0]))
    model.bound(images)
    hook.remove()
    assert set(decoded[0].unique().tolist()) == {0.0, 1.0}  # never a mixture
    assert torch.equal(decoded[0].sum(1), torch.ones(40, 7, 7))


def test_the_bound_lies_above_the_exact_log_likelihood():
    """One position, four codes: p(x) is a sum that can be written out; 5 standard errors."""

    class Tiny(DVAE):
        def logits(self, x):
            return torch.tensor([0.5, -1.0, 0.2, 0.0]).view(1, 4, 1, 1).expand(len(x), 4, 1, 1)

        def decode(self, codes):
            return torch.tensor([0.1, 0.4, 0.6, 0.9])[codes].view(-1, 1, 1, 1)

    model = Tiny(num_codes=4, width=8)
    x = torch.full((20_000, 1, 1, 1), 0.3)
    codes = torch.arange(4).view(4, 1, 1)
    nll = gaussian_nll(x[:4], model.decode(codes), model.log_scale).double()
    q = model.logits(x[:1]).flatten().softmax(0).double()
    exact = math.log(4) - torch.logsumexp(-nll, 0)
    elbo = (q * (nll + q.log() + math.log(4))).sum()  # by enumeration
    bound = model.bound(x).double()
    error = 5 * bound.std() / math.sqrt(len(x))
    assert abs(bound.mean() - elbo) < error
    assert elbo > exact + 0.05  # the gap is far above the error
    assert error < 0.05


def test_sample_draws_every_code_from_the_uniform_prior():
    model = DVAE(num_codes=4, width=8)
    seen = []
    hook = model.decoder.register_forward_pre_hook(lambda _, args: seen.append(args[0].argmax(1)))
    model.sample(200)
    hook.remove()
    counts = torch.bincount(seen[0].flatten(), minlength=4).double()
    expected = 200 * 49 / 4
    chi2 = ((counts - expected) ** 2 / expected).sum()
    assert chi2 < 21.1  # 3 degrees of freedom: p = 1e-4


def test_usage_counts_every_position_of_every_image(images):
    model = DVAE(num_codes=10, width=8).eval()
    usage = model.usage(images, batch_size=7)
    assert usage.shape == (10,) and usage.dtype == torch.int64 and usage.sum() == 40 * 49
    assert torch.equal(usage, torch.bincount(model.encode(images).flatten(), minlength=10))


def test_anneal_sets_both_schedules(images):
    seen = []

    class Spy(DVAE):
        def losses(self, x):
            seen.append((self.tau, self.beta))
            return super().losses(x)

    fit(Spy(10, 8), images[:4], epochs=8, batch_size=2, before_step=anneal((1, 1 / 16), 2.0, 0.25))
    taus, betas = zip(*seen, strict=True)
    assert len(seen) == 16
    assert taus[0] == 1 and taus[-1] == 1 / 16 and list(taus) == sorted(taus, reverse=True)
    assert betas[0] == 0 and betas[4:] == (2.0,) * 12 and list(betas) == sorted(betas)


def test_training_uses_many_codes_and_beats_the_mean_image():
    from torchnotes import device, load_images

    torch.set_num_threads(1)
    images = load_images()[0][:640].to(device())
    model = DVAE(num_codes=16, width=16).to(device())
    history = fit(model, images, epochs=8, lr=4e-3, batch_size=32, before_step=anneal())
    assert history["loss"][-10:].mean() < history["loss"][:10].mean()
    mse = mean_squared_error(images, model.eval().reconstruct(images)).mean()
    assert mse < 0.5 * images.var(0).mean()
    assert (model.usage(images) > 0).sum() >= 6
