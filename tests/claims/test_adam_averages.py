"""The claims of the Adam note on moving averages and bias: each test asserts the verdict."""

import pytest
import torch
from torch.testing import assert_close

F64 = torch.float64


def average(values, beta, start=0.0):
    """Every m_t of the recurrence, stacked."""
    m, rows = start, []
    for g in values:
        m = beta * m + (1 - beta) * g
        rows.append(m)
    return torch.stack(rows)


def state_after(gradients, **options):
    p = torch.nn.Parameter(torch.zeros_like(gradients[0]))
    optimizer = torch.optim.Adam([p], **options)
    for g in gradients:
        p.grad = g.clone()
        optimizer.step()
    return optimizer.state[p]


def weighted_sum(values, beta):
    age = torch.arange(len(values) - 1, -1, -1, dtype=F64)
    return (1 - beta) * beta**age @ values


def noise(*shape):
    return torch.randn(*shape, dtype=F64, generator=torch.Generator().manual_seed(0))


def test_adam_02_the_state_holds_both_weighted_sums():
    g = 5 + 2 * noise(300, 4)
    state = state_after(g)
    assert set(state) == {"step", "exp_avg", "exp_avg_sq"}
    assert_close(state["exp_avg"], weighted_sum(g, 0.9), rtol=1e-10, atol=0)
    assert_close(state["exp_avg_sq"], weighted_sum(g**2, 0.999), rtol=1e-10, atol=0)
    # the direction is that of -m_hat, weight by weight
    p = torch.nn.Parameter(torch.zeros(4, dtype=F64))
    optimizer = torch.optim.Adam([p], lr=0.1)
    for g in noise(50, 4):
        before = p.detach().clone()
        p.grad = g.clone()
        optimizer.step()
        assert_close((p.detach() - before).sign(), -optimizer.state[p]["exp_avg"].sign())


def test_adam_03_v_is_the_raw_second_moment_not_the_variance():
    always_3 = torch.full((200,), 3.0, dtype=F64)
    assert always_3.var() == 0
    v_hat = state_after(always_3)["exp_avg_sq"] / (1 - 0.999**200)
    assert_close(v_hat.item(), 9.0)
    noisy = 3 + noise(20_000)
    v_hat = average(noisy**2, 0.999)[-1] / (1 - 0.999**20_000)
    assert v_hat.item() == pytest.approx(9 + 1, rel=0.05)  # mean squared plus variance


def test_adam_09_the_bias_is_largest_at_the_start_and_vanishes():
    share = average(torch.ones(5000, dtype=F64), 0.999)
    assert (share.diff() > 0).all()  # nothing decays
    found = [share[t - 1].item() for t in (1, 100, 1000, 5000)]
    assert found == pytest.approx([0.001, 0.0952, 0.6323, 0.9933], abs=5e-5)


def test_adam_35_newest_squares_weigh_most():
    probes = torch.eye(50, dtype=F64)  # column k: a gradient of 1 at step k alone
    w = state_after(probes)["exp_avg_sq"]
    assert (w.diff() > 0).all()
    assert_close(w, 0.001 * 0.999 ** torch.arange(49, -1, -1, dtype=F64))
    assert_close(w.sum().item(), 1 - 0.999**50)


def test_adam_36_smooths_and_lags_a_trend_by_nine():
    series = noise(1000, 500)
    assert average(series, 0.9)[-1].var() < 0.1 * series.var()
    ramp = torch.arange(1000, dtype=F64)
    assert_close((ramp - average(ramp, 0.9))[-1].item(), 0.9 / 0.1)


@pytest.mark.parametrize("alpha", [0.5, 0.1, 0.02])
def test_adam_37_alpha_is_one_minus_beta(alpha):
    x = noise(300, 10_000)
    s = torch.zeros(10_000, dtype=F64)
    for row in x:
        s = alpha * row + (1 - alpha) * s
    assert s.var().item() == pytest.approx(alpha / (2 - alpha), rel=0.05)
    assert_close(s, average(x, 1 - alpha)[-1])


def test_adam_39_the_zero_start_biases_early_averages():
    five = torch.full((1,), 5.0, dtype=F64)
    m = state_after(five)["exp_avg"].item()
    assert m == pytest.approx(0.5)
    assert m / (1 - 0.9) == pytest.approx(5.0)


def test_adam_40_division_by_what_the_weights_sum_to():
    g = 5 + 2 * noise(60, 20_000)
    m, v = average(g, 0.9), average(g**2, 0.999)
    for t in (1, 2, 10, 60):
        m_hat, v_hat = m[t - 1] / (1 - 0.9**t), v[t - 1] / (1 - 0.999**t)
        assert m_hat.mean().item() == pytest.approx(5, rel=0.01)
        assert v_hat.mean().item() == pytest.approx(29, rel=0.01)
    with pytest.raises(ZeroDivisionError):
        1.0 / (1 - 0.9**0)


def least_squares(lr, corrected, steps=30, problems=50):
    """Losses (steps + 1, problems), with an Adam that can leave the correction out."""
    gen = torch.Generator().manual_seed(0)
    X = torch.randn(problems, 20, 5, dtype=F64, generator=gen)
    y = X @ torch.randn(problems, 5, 1, dtype=F64, generator=gen)
    w = torch.zeros(problems, 5, 1, dtype=F64)
    m, v, losses = torch.zeros_like(w), torch.zeros_like(w), []
    for t in range(1, steps + 2):
        residual = X @ w - y
        losses.append((residual**2).mean((1, 2)))
        g = 2 * X.mT @ residual / 20
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        m_hat, v_hat = (m / (1 - 0.9**t), v / (1 - 0.999**t)) if corrected else (m, v)
        w = w - lr * m_hat / (v_hat.sqrt() + 1e-8)
    return torch.stack(losses)


def test_adam_41_first_steps_are_too_long_or_too_short_without_it():
    for betas, factor in (((0.9, 0.999), 3.162), ((0.999, 0.9), 0.00316)):
        state = state_after(torch.ones(1, dtype=F64), betas=betas)
        uncorrected = (state["exp_avg"] / state["exp_avg_sq"].sqrt()).item()  # Adam's is 1
        assert uncorrected == pytest.approx(factor, rel=1e-3)
    with_it, without = least_squares(0.5, True), least_squares(0.5, False)
    assert (with_it[1:].max(0).values < without[1:].max(0).values).float().mean() > 0.9
    assert (without > without[0]).any(0).sum() > 25 > 5 > (with_it > with_it[0]).any(0).sum()


def test_adam_42_but_it_is_not_faster_in_general():
    with_it, without = least_squares(0.01, True)[-1], least_squares(0.01, False)[-1]
    assert (without < with_it).float().mean() > 0.9
    assert without.median() < 0.1 * with_it.median()
    # what it takes away is a schedule for lr, and no more
    w = torch.nn.Parameter(torch.zeros((), dtype=F64))
    p = torch.zeros((), dtype=F64)
    m = v = torch.zeros((), dtype=F64)
    optimizer = torch.optim.Adam([w], eps=0.0)
    for t, g in enumerate(1 + noise(40), start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        p = p - 0.01 * m / v.sqrt()
        optimizer.param_groups[0]["lr"] = 0.01 * (1 - 0.9**t) / (1 - 0.999**t) ** 0.5
        w.grad = g.clone()
        optimizer.step()
    assert_close(w.detach(), p, rtol=1e-10, atol=0)
