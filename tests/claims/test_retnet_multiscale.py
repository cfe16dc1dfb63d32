"""Claims RET-31 to RET-39 that the page on gated multi-scale retention shows."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from torchnotes.normalisers import retention_normalised
from torchnotes.retention import FORMS, paper_log_gamma, retention
from torchnotes.retnet import HeadNorm, MultiScaleRetention


@pytest.fixture(autouse=True)
def _seed():
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # matrices this small are faster so
    yield
    torch.set_num_threads(threads)


def double(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def relative(actual, expected):
    return ((actual - expected).norm() / expected.norm()).item()


@pytest.mark.parametrize(("d_model", "heads"), [(64, 4), (2048, 8)])
def test_ret_31_a_heads_matrices_are_d_model_by_d(d_model, heads):
    with torch.device("meta"):
        layer = MultiScaleRetention(d_model, torch.zeros(heads, device="cpu"))
    d = d_model // heads  # the paper's d: the size of a head

    def of_a_head(linear):
        return tuple(linear.weight.T.chunk(heads, dim=1)[0].shape)

    assert of_a_head(layer.w_q) == of_a_head(layer.w_k) == (d_model, d)
    assert of_a_head(layer.w_v) == (d_model, 2 * d), "V is doubled, section 3.1"
    assert tuple(layer.w_g.weight.T.shape) == (d_model, 2 * d_model), "not d_model x d_model"
    assert tuple(layer.w_o.weight.T.shape) == (2 * d_model, d_model)
    with pytest.raises(RuntimeError, match="shapes"):
        torch.randn(3, d_model) @ torch.randn(d, d)


def test_ret_32():
    gamma = paper_log_gamma(8, torch.float64).exp()
    expected = 1 - 2 ** (-5 - torch.arange(8, dtype=torch.float64))
    torch.testing.assert_close(gamma, expected, rtol=0, atol=1e-15)
    assert gamma[0].item() == pytest.approx(0.96875, abs=1e-15)
    assert gamma[-1].item() == pytest.approx(0.99976, abs=5e-6)
    horizons = (1 / (1 - gamma)).round().int().tolist()
    assert horizons == [32, 64, 128, 256, 512, 1024, 2048, 4096]


def test_ret_32_in_half_precision():
    log_gamma = paper_log_gamma(8)
    gamma = log_gamma.exp()
    for dtype, first in ((torch.bfloat16, 4), (torch.float16, 7)):
        assert (gamma.to(dtype) == 1).tolist() == [h >= first for h in range(8)]
        assert (log_gamma.to(dtype).float() / log_gamma - 1).abs().max() < 0.005


def test_ret_33():
    x = double(50)
    torch.testing.assert_close(F.silu(x), x * x.sigmoid(), rtol=0, atol=1e-15)
    x, log_gamma = double(2, 9, 12), paper_log_gamma(3, torch.float64)
    layer = MultiScaleRetention(12, log_gamma).double()
    whole, _ = layer(x)
    heads = {}
    layer.norm.register_forward_hook(lambda module, inputs, out: heads.update(y=out))
    layer(x)
    y = heads["y"].transpose(1, 2).reshape(2, 9, 24)
    gate = x @ layer.w_g.weight.T
    expected = (gate * gate.sigmoid() * y) @ layer.w_o.weight.T
    torch.testing.assert_close(whole, expected, rtol=0, atol=1e-12)


def test_ret_33_the_gate_sees_what_the_norm_hides():
    x, log_gamma = double(1, 12, 16), paper_log_gamma(2, torch.float64)

    def growth(**options):
        layer = MultiScaleRetention(16, log_gamma, eps=0.0, **options).double()
        return layer(2 * x)[0] / layer(x)[0]

    assert (growth(gate=False, group_norm=False) - 8).abs().max() < 1e-8
    assert (growth(gate=False) - 1).abs().max() < 1e-8
    with_gate = growth()
    assert with_gate.quantile(0.9) - with_gate.quantile(0.1) > 1


def test_ret_34_group_norm_over_time_leaks_and_per_token_and_head_does_not():
    y = double(24, 12)  # (T, C): four heads of three features

    def across_time(y):
        return nn.GroupNorm(4, 12, affine=False, dtype=torch.float64)(y.T[None])[0].T

    def per_token(y):
        return F.group_norm(y, 4)

    def future(f):
        J = torch.func.jacrev(f)(y).square().sum(dim=(1, 3))  # (T, T)
        return J.triu(1).max().item()

    assert future(across_time) > 1e-6
    assert future(per_token) == 0
    heads = y.view(24, 4, 3).transpose(0, 1)[None]  # (B, H, T, d_v)
    expected = HeadNorm(eps=1e-5)(heads)[0].transpose(0, 1).reshape(24, 12)
    torch.testing.assert_close(per_token(y), expected, rtol=0, atol=1e-12)
    alone = across_time(y[:1])  # a token decoded by itself
    assert (alone - across_time(y)[:1]).abs().max() > 0.1
    torch.testing.assert_close(per_token(y[:1]), per_token(y)[:1], rtol=0, atol=1e-12)


def test_ret_35():
    heads, length, d_k = 4, 4096, 8
    log_gamma = paper_log_gamma(heads)
    q, k = torch.randn(2, 2, heads, length, d_k)
    y, _ = retention(q, k, torch.randn(2, heads, length, 16), log_gamma, form="chunkwise")
    measured = y[:, :, length // 2 :].std(dim=(0, 2, 3))
    theory = (1 - (2 * log_gamma).exp()).rsqrt()
    assert (measured / theory - 1).abs().max() < 0.06
    assert measured[3] > 2.5 * measured[0]
    unscaled = d_k**0.5 * theory  # scores without 1 / sqrt(d_k): sqrt(d / (1 - gamma^2))
    assert unscaled[0].item() == pytest.approx(11.4, abs=0.05)
    assert unscaled[3].item() == pytest.approx(32.0, abs=0.05)


def test_ret_36_only_for_positive_factors_and_no_eps():
    y = F.layer_norm(double(200, 32), (32,), eps=0)  # variance 1
    exact, usual = HeadNorm(eps=0.0), HeadNorm(eps=1e-5)
    assert relative(exact(0.01 * y), exact(y)) < 1e-12
    assert relative(exact(-y), -exact(y)) < 1e-12, "a negative factor flips the sign"
    assert relative(exact(-y), exact(y)) > 1
    assert relative(usual(0.01 * y), usual(y)) == pytest.approx(0.047, abs=0.001)


def test_ret_36_the_gradient_by_the_head():
    y, weights = double(20, 32).requires_grad_(), double(20, 32)

    def gradient(alpha, eps):
        loss = (weights * HeadNorm(eps=eps)(alpha * y)).sum()
        return torch.autograd.grad(loss, y)[0]

    assert relative(gradient(0.01, 0.0), gradient(1.0, 0.0)) < 1e-12
    assert relative(gradient(0.01, 1e-5), gradient(1.0, 1e-5)) > 0.01


def by_matrices(q, k, v, log_gamma):
    """Section 2.2 as it is written, with D and R in full."""
    n = torch.arange(q.shape[2])
    distance = (n[:, None] - n).double()
    d = torch.where(distance >= 0, log_gamma.exp()[:, None, None] ** distance, 0.0)
    d = d / d.sum(-1, keepdim=True).sqrt()
    r = q @ k.mT / q.shape[-1] ** 0.5 * d
    return r / r.sum(-1, keepdim=True).abs().clamp(min=1) @ v


@pytest.mark.parametrize("form", FORMS)
def test_ret_37_the_normalisers_are_positive_factors_of_rows(form):
    log_gamma = paper_log_gamma(4, torch.float64)
    q, k, v = double(2, 4, 50, 16), double(2, 4, 50, 16), double(2, 4, 50, 32)
    out, _ = retention_normalised(q, k, v, log_gamma, form=form, chunk_size=16)
    torch.testing.assert_close(out, by_matrices(q, k, v, log_gamma), rtol=0, atol=1e-12)
    factor = out / retention(q, k, v, log_gamma)[0]
    assert factor.min() > 0
    torch.testing.assert_close(factor, factor[..., :1].expand_as(factor), rtol=1e-6, atol=0)


def test_ret_37_detached_or_not_the_gradient_is_the_same_at_eps_0():
    y, weights = double(20, 32).requires_grad_(), double(20, 32)
    alpha = 1 / y.abs().sum(-1, keepdim=True)
    gradients = [
        torch.autograd.grad((weights * HeadNorm(eps=0.0)(a * y)).sum(), y, retain_graph=True)[0]
        for a in (alpha, alpha.detach())
    ]
    assert relative(*gradients) < 1e-12


def test_ret_37_no_state_knows_the_sum_of_absolute_scores():
    gamma, k, v, q = 31 / 32, double(4), double(3), double(4)
    nothing, cancelling = [0 * k, 0 * k], [k, -gamma * k]

    def state(past):
        return gamma * torch.outer(past[0], v) + torch.outer(past[1], v)

    def scores(past):
        return torch.stack([gamma**2 * q @ past[0], gamma * q @ past[1]])

    torch.testing.assert_close(state(nothing), state(cancelling), rtol=0, atol=1e-15)
    assert scores(nothing).sum().item() == pytest.approx(scores(cancelling).sum().item(), abs=1e-12)
    assert scores(cancelling).abs().sum() > scores(nothing).abs().sum() + 0.1


def test_ret_38_nothing_changes_at_eps_0_and_small_values_change_at_any_other():
    log_gamma = paper_log_gamma(4, torch.float64)
    q, k, v = double(2, 4, 100, 16), double(2, 4, 100, 16), double(2, 4, 100, 32)

    def change(scale, eps):
        norm = HeadNorm(eps=eps)
        inputs = q, k, scale * v, log_gamma
        return relative(norm(retention_normalised(*inputs)[0]), norm(retention(*inputs)[0]))

    assert change(1, 0.0) < 1e-14
    assert change(1e-3, 0.0) < 1e-14
    assert change(1, 1e-6) < 1e-4
    assert 0.3 < change(1e-3, 1e-6) < 0.6


def test_ret_39():
    row = torch.full((8192,), 40.0, dtype=torch.float16)
    assert row.sum().item() == float("inf")
    second = row / 8192**0.5  # the sum of a row of D without decay is 8,192
    assert second.sum().item() == 3620
    third = second / second.sum().abs().clamp(min=1)
    assert third.sum().item() == pytest.approx(1, abs=1e-3)
