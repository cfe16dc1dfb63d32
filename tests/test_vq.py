"""Vector quantisation against cdist, closed forms and plain loops."""

import math

import pytest
import torch
from torch import nn

from torchnotes.losses import code_counts, perplexity
from torchnotes.training import evaluate, fit
from torchnotes.vq import (
    VQVAE,
    VectorQuantizer,
    ema_update,
    nearest_code,
    smooth_counts,
    straight_through,
    vq_losses,
)

RAW = {"normalize": False, "data_init": False, "revive_below": 0.0}


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # nets this small are faster so
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def images():
    return torch.rand(40, 1, 28, 28, generator=torch.Generator().manual_seed(0))


# --- the pieces ----------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(5,), (200, 5), (3, 7, 7, 5)])
@pytest.mark.parametrize("offset", [0.0, 1000.0])
def test_nearest_code_is_the_argmin_of_cdist(shape, offset):
    z, codebook = torch.randn(shape) + offset, torch.randn(64, 5) + offset
    distance = torch.cdist(z.double().reshape(-1, 5), codebook.double())
    assert torch.equal(nearest_code(z, codebook), distance.argmin(1).reshape(shape[:-1]))


def test_nearest_code_takes_the_first_of_equals():
    codebook = torch.tensor([[3.0, 0.0], [1.0, 0.0], [-1.0, 0.0], [1.0, 0.0]])
    z = torch.tensor([[0.9, 0.0], [0.0, 5.0], [-4.0, 0.0]])
    assert nearest_code(z, codebook).tolist() == [1, 1, 2]


def test_nearest_code_makes_no_tensor_of_all_differences():
    class Largest(torch.utils._python_dispatch.TorchDispatchMode):
        numel = 0

        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            out = func(*args, **(kwargs or {}))
            if isinstance(out, torch.Tensor):
                self.numel = max(self.numel, out.numel())
            return out

    with Largest() as seen:
        nearest_code(torch.randn(300, 16), torch.randn(64, 16))
    assert seen.numel == 300 * 64


def test_straight_through_has_the_value_of_hard_and_the_gradient_of_soft():
    soft = (1e4 * torch.randn(50)).requires_grad_()
    hard = torch.randn(50, requires_grad=True)
    out = straight_through(hard, soft)
    assert torch.equal(out, hard), "exactly, without rounding"
    weights = torch.randn(50)
    (out * weights).sum().backward()
    assert torch.equal(soft.grad, weights)
    assert hard.grad is None


def test_vq_losses_are_equal_and_reach_one_side_each():
    z_e = torch.randn(3, 4, 7, 7, dtype=torch.float64, requires_grad=True)
    e = torch.randn(3, 4, 7, 7, dtype=torch.float64, requires_grad=True)
    codebook, commitment = vq_losses(z_e, e)
    expected = torch.stack([torch.dist(a, b) ** 2 for a, b in zip(z_e, e, strict=True)])
    torch.testing.assert_close(codebook, expected)
    torch.testing.assert_close(commitment, expected)
    wanted = torch.autograd.grad(codebook.sum(), (z_e, e), allow_unused=True)
    assert wanted[0] is None
    torch.testing.assert_close(wanted[1], 2 * (e - z_e))
    wanted = torch.autograd.grad(commitment.sum(), (z_e, e), allow_unused=True)
    torch.testing.assert_close(wanted[0], 2 * (z_e - e))
    assert wanted[1] is None


def test_ema_update_is_the_loop_of_the_paper():
    counts, sums = torch.rand(6).double(), torch.randn(6, 3).double()
    z, codes = torch.randn(50, 3).double(), torch.randint(5, (50,))  # code 5 is never chosen
    new_counts, new_sums = ema_update(counts, sums, z, codes, 0.9)
    for k in range(6):
        chosen = [z[i] for i in range(50) if codes[i] == k]
        n, total = len(chosen), sum(chosen, torch.zeros(3).double())
        torch.testing.assert_close(new_counts[k], 0.9 * counts[k] + 0.1 * n)
        torch.testing.assert_close(new_sums[k], 0.9 * sums[k] + 0.1 * total)


def test_smooth_counts_keep_the_total_and_lift_zeros():
    counts = torch.tensor([0.0, 5.0, 95.0], dtype=torch.float64)
    smooth = smooth_counts(counts, eps=0.1)
    torch.testing.assert_close(smooth.sum(), counts.sum())
    torch.testing.assert_close(smooth[0].item(), 0.1 / 100.3 * 100)
    torch.testing.assert_close(smooth_counts(counts)[1:], counts[1:], atol=1e-3, rtol=0)


# --- the quantizer -------------------------------------------------------------------------------


def test_every_vector_becomes_its_nearest_code():
    quantizer = VectorQuantizer(10, 3, ema=False, **RAW)
    z_e = torch.randn(2, 3, 4, 5)
    out = quantizer(z_e)
    assert out.codes.shape == (2, 4, 5) and out.z_q.shape == z_e.shape
    for b, i, j in [(0, 0, 0), (1, 3, 4), (0, 2, 3)]:
        k = (quantizer.codebook - z_e[b, :, i, j]).norm(dim=1).argmin()
        assert out.codes[b, i, j] == k
        assert torch.equal(out.z_q[b, :, i, j], quantizer.codebook[k])
    assert torch.equal(quantizer.encode(z_e), out.codes)
    assert torch.equal(quantizer.decode(out.codes), out.z_q)


def test_the_gradient_at_z_e_is_the_one_at_z_q():
    quantizer = VectorQuantizer(10, 3, ema=False, **RAW)
    z_e = torch.randn(2, 3, 4, 5, requires_grad=True)
    z_q = quantizer(z_e).z_q
    z_q.retain_grad()
    (z_q.sin() * torch.randn(2, 3, 4, 5)).sum().backward()
    assert torch.equal(z_e.grad, z_q.grad) and z_e.grad.abs().sum() > 0
    assert quantizer.codebook.grad is None


def test_the_commitment_weight_is_on_the_encoders_term():
    quantizer = VectorQuantizer(10, 3, commitment=0.25, ema=False, **RAW)
    z_e = torch.randn(2, 3, 4, 5, requires_grad=True)
    out = quantizer(z_e)
    quantizer.loss(out).sum().backward()
    e = quantizer.decode(out.codes).detach()
    torch.testing.assert_close(z_e.grad, 0.25 * 2 * (z_e.detach() - e))
    k = int(out.codes[0, 0, 0])
    pull = (quantizer.codebook[k].detach() - z_e.detach().movedim(1, -1)[out.codes == k]).sum(0)
    torch.testing.assert_close(quantizer.codebook.grad[k], 2 * pull)


def test_with_ema_no_gradient_moves_the_codes_and_they_go_to_their_means():
    z = torch.randn(1, 2, 8, 8)
    quantizer = VectorQuantizer(4, 2, ema=True, decay=0.5, **RAW)
    assert not list(quantizer.parameters())
    for _ in range(80):
        out = quantizer(z)
    assert not out.codebook_loss.any()
    vectors, codes = z.movedim(1, -1).reshape(-1, 2), quantizer.encode(z).flatten()
    for k in codes.unique():
        mean = vectors[codes == k].mean(0)
        torch.testing.assert_close(quantizer.codebook[k], mean, atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(quantizer.counts, code_counts(codes, 4).float())


def test_a_code_that_nobody_chooses_stays_where_it_is_under_ema():
    quantizer = VectorQuantizer(2, 2, ema=True, **RAW)
    quantizer.codebook.copy_(torch.tensor([[0.0, 0.0], [50.0, 50.0]]))
    quantizer.sums.copy_(quantizer.codebook)
    for _ in range(100):
        quantizer(0.1 * torch.randn(1, 2, 4, 4))
    torch.testing.assert_close(quantizer.codebook[1], torch.tensor([50.0, 50.0]), rtol=1e-3, atol=0)
    assert quantizer.counts[1] < 0.4


@pytest.mark.parametrize("ema", [False, True])
def test_data_init_makes_codes_of_the_first_training_batch_only(ema):
    quantizer = VectorQuantizer(9, 2, ema=ema, normalize=False, revive_below=0.0)
    z = 7 + torch.randn(3, 2, 4, 4)
    quantizer.eval()
    quantizer(z)
    assert quantizer.waits_for_data
    quantizer.train()
    before = torch.cdist(quantizer.codebook.detach(), z.movedim(1, -1).reshape(-1, 2)).min(1)[0]
    out = quantizer(z)
    assert not quantizer.waits_for_data and before.max() > 1
    assert len(out.codes.unique()) == 9, "each code is one of the vectors, so each is chosen"
    if not ema:
        vectors = z.movedim(1, -1).reshape(-1, 2)
        assert all((vectors == code).all(1).any() for code in quantizer.codebook)
    kept = quantizer.codebook.detach().clone()
    quantizer(z + 100)
    assert (quantizer.codebook - kept).abs().max() < 60, "not initialised a second time"


def test_init_from_fewer_vectors_than_codes_repeats_them():
    quantizer = VectorQuantizer(5, 2, ema=False, **RAW)
    z = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    quantizer.init_from_data(z)
    assert {tuple(row) for row in quantizer.codebook.tolist()} <= {(1.0, 2.0), (3.0, 4.0)}


@pytest.mark.parametrize("ema", [False, True])
def test_revive_moves_the_dead_codes_alone(ema):
    quantizer = VectorQuantizer(5, 2, ema=ema, **RAW)
    quantizer.counts.copy_(torch.tensor([30.0, 0.2, 1.0, 0.0, 7.0]))
    old, z = quantizer.codebook.detach().clone(), 100 + torch.arange(20.0).reshape(10, 2)
    assert quantizer.revive(z, threshold=1.0) == 2
    new = quantizer.codebook.detach()
    assert torch.equal(new[[0, 2, 4]], old[[0, 2, 4]])
    assert all((z == row).all(1).any() for row in new[[1, 3]]) and not torch.equal(new[1], new[3])
    assert quantizer.counts.tolist() == [30.0, 1.0, 1.0, 1.0, 7.0]
    torch.testing.assert_close(quantizer.sums[[1, 3]], new[[1, 3]], msg="m / N is the code")
    assert quantizer.revive(z, threshold=1.0) == 0


def test_revival_spreads_codes_that_all_started_far_away():
    z = torch.randn(4, 3, 7, 7)
    used = {}
    for below in (0.0, 1.0):
        quantizer = VectorQuantizer(32, 3, normalize=False, data_init=False, revive_below=below)
        quantizer.codebook.add_(20)
        quantizer.sums.add_(20)
        for _ in range(30):
            codes = quantizer(z).codes
        used[below] = len(codes.unique())
    assert used[0.0] <= 3 and used[1.0] >= 30


def test_normalisation_makes_the_codes_independent_of_scale_and_shift():
    a, b = VectorQuantizer(8, 3), VectorQuantizer(8, 3)
    z = torch.randn(4, 3, 7, 7)
    torch.manual_seed(1)
    codes = a(z).codes
    torch.manual_seed(1)
    assert torch.equal(b(500 * z - 30).codes, codes)
    reference = nn.BatchNorm2d(3, affine=False)
    reference(z)
    torch.testing.assert_close(a.running_mean, reference.running_mean)
    torch.testing.assert_close(a.running_var, reference.running_var)


@pytest.mark.parametrize("how", ["eval", "no_grad", "encode"])
def test_only_training_changes_state(how):
    quantizer = VectorQuantizer(8, 3)
    z = torch.randn(4, 3, 7, 7)
    quantizer(z)
    before = {name: t.clone() for name, t in quantizer.state_dict().items()}
    if how == "eval":
        quantizer.eval()(z + 1)
    elif how == "no_grad":
        with torch.no_grad():
            quantizer(z + 1)
    else:
        quantizer.encode(z + 1)
    for name, t in quantizer.state_dict().items():
        assert torch.equal(t, before[name]), name


# --- the model -----------------------------------------------------------------------------------


def test_each_loss_term_reaches_its_target_alone(images):
    model = VQVAE(8, 4, width=8, ema=False, **RAW)
    reached = {}
    for term in ("nll", "codebook", "commitment"):
        model.zero_grad(set_to_none=True)
        model.losses(images)[term].backward()
        parts = {
            "encoder": list(model.encoder.parameters()),
            "codebook": [model.quantizer.codebook],
            "decoder": list(model.decoder.parameters()),
        }
        reached[term] = [
            name
            for name, ps in parts.items()
            if any(p.grad is not None and p.grad.abs().sum() > 0 for p in ps)
        ]
    assert reached == {
        "nll": ["encoder", "decoder"],
        "codebook": ["codebook"],
        "commitment": ["encoder"],
    }


def test_the_loss_is_the_sum_of_its_parts(images):
    torch.manual_seed(0)
    out = VQVAE(8, 4, width=8, commitment=0.7, ema=False, **RAW).losses(images)
    expected = out["nll"] + out["codebook"] + 0.7 * out["commitment"]
    torch.testing.assert_close(out["loss"], expected)


def test_the_noise_is_fitted_to_the_error(images):
    model = VQVAE(8, 4, width=8)
    fit(model, images, epochs=60, lr=1e-4)  # at this pace the error moves little
    rmse = (images - model.reconstruct(images)).square().mean().sqrt()
    assert model.log_scale.exp().item() == pytest.approx(rmse.item(), rel=0.05)
    model.eval()
    at_fit = model.bound(images).mean()
    for shift in (-0.2, 0.2):
        model.log_scale.add_(shift)
        assert model.bound(images).mean() > at_fit
        model.log_scale.sub_(shift)


def test_the_interface_of_the_chapter(images):
    model = VQVAE(8, 4, width=8)
    fit(model, images, epochs=1, batch_size=20)
    state = {name: t.clone() for name, t in model.state_dict().items()}
    codes = model.encode(images)
    assert codes.shape == (40, 7, 7) and codes.dtype == torch.int64
    assert torch.equal(model.reconstruct(images), model.decode(codes))
    assert model.sample(3).shape == (3, 1, 28, 28)
    evaluate(lambda x: {"bound": model.bound(x)}, images)
    for name, t in model.state_dict().items():
        assert torch.equal(t, state[name]), f"{name} changed without training"
    model.eval()
    torch.testing.assert_close(model(images), model.reconstruct(images))
    copy = VQVAE(8, 4, width=8)
    copy.load_state_dict(model.state_dict())
    assert torch.equal(copy.reconstruct(images), model.reconstruct(images))


def test_the_bound_is_the_joint_density_of_image_and_codes(images):
    model = VQVAE(8, 4, width=8)
    noise = torch.distributions.Normal(model.reconstruct(images), model.log_scale.exp())
    log_joint = noise.log_prob(images).flatten(1).sum(1) + 49 * math.log(1 / 8)
    torch.testing.assert_close(model.bound(images), -log_joint)


def test_the_bound_is_above_the_exact_nll_of_a_model_with_one_live_position():
    # p(x) needs all K^49 maps; with a decoder that looks at one position, K of them
    model = VQVAE(5, 4, width=8).eval()
    x = torch.rand(6, 1, 28, 28)
    decode = model.decode
    model.decode = lambda codes: decode(codes[:, :1, :1].expand(-1, 7, 7))
    log_p = []
    for k in range(5):
        mean = model.decode(torch.full((6, 7, 7), k))
        noise = torch.distributions.Normal(mean, model.log_scale.exp())
        log_p.append(noise.log_prob(x).flatten(1).sum(1))
    exact = -(torch.stack(log_p).logsumexp(0) - math.log(5))
    assert (model.bound(x) > exact).all()


def test_samples_use_every_code_equally():
    model = VQVAE(8, 4, width=8)
    seen = []
    model.decode = lambda codes: seen.append(codes) or codes
    model.sample(400)
    counts = code_counts(seen[0], 8).double()
    expected = 400 * 49 / 8
    chi2 = ((counts - expected) ** 2 / expected).sum()
    assert chi2 < 7 + 4 * math.sqrt(14)  # 7 degrees of freedom, 4 sigma
    assert perplexity(counts) > 7.9


def test_training_reduces_the_error(images):
    model = VQVAE(8, 4, width=8)
    history = fit(model, images, epochs=20, batch_size=20)
    assert history["nll"][-1] < history["nll"][0] - 50
    assert set(history) == {"loss", "nll", "codebook", "commitment", "mse", "perplexity"}
