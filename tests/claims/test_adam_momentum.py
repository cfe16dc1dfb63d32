"""The claims of the Adam note's list items 2 to 4: each test asserts the verdict."""

import math

import pytest
import torch
from torch.testing import assert_close

F64 = {"dtype": torch.float64}
EXACT = {"rtol": 0, "atol": 1e-12}


def parameter(*values):
    return torch.nn.Parameter(torch.tensor(values or (0.0,), **F64))


def moves(optimizer_class, gradients, **settings):
    """What each step adds to a parameter that gets these gradients: (steps, n)."""
    p = parameter(*torch.zeros_like(torch.tensor(gradients[0])).tolist())
    optimizer = optimizer_class([p], **settings)
    path = [p.detach().clone()]
    for g in gradients:
        p.grad = torch.tensor(g, **F64)
        optimizer.step()
        path.append(p.detach().clone())
    return torch.stack(path).diff(dim=0)


def test_adam_01_adam_without_beta1_and_correction_is_rmsprop():
    gen = torch.Generator().manual_seed(0)
    gradients = torch.randn(100, 3, generator=gen, **F64)
    p, v = torch.zeros(3, **F64), torch.zeros(3, **F64)
    for g in gradients:  # Adam's formulas, beta1 = 0, no hats
        v = 0.99 * v + (1 - 0.99) * g**2
        p = p - 0.1 * g / (v.sqrt() + 1e-3)
    settings = {"lr": 0.1, "alpha": 0.99, "eps": 1e-3}
    assert_close(moves(torch.optim.RMSprop, gradients.tolist(), **settings).sum(0), p, **EXACT)


def test_adam_01_corrected_rmsprop_is_torch_s_adam():
    gen = torch.Generator().manual_seed(0)
    a, r = parameter(0.0, 0.0), parameter(0.0, 0.0)
    adam = torch.optim.Adam([a], lr=0.1, betas=(0.0, 0.99), eps=1e-3)
    rms = torch.optim.RMSprop([r], alpha=0.99)
    for t in range(1, 101):
        a.grad = r.grad = torch.randn(2, generator=gen, **F64)
        correction = math.sqrt(1 - 0.99**t)
        rms.param_groups[0].update(lr=0.1 * correction, eps=1e-3 * correction)
        adam.step()
        rms.step()
        assert_close(a, r, **EXACT)
    assert not a.eq(0).any()


def test_adam_04_gradients_a_million_apart_give_the_same_step():
    steps = moves(torch.optim.Adam, [[1e3, 1e-3]] * 300, lr=0.1)
    assert_close(steps, torch.full_like(steps, -0.1), rtol=2e-5, atol=0)
    first = moves(torch.optim.RMSprop, [[1e3, 1e-3]], lr=0.1, alpha=0.99)[0]
    assert_close(first, torch.full_like(first, -1.0), rtol=2e-4, atol=0)  # lr / sqrt(1 - alpha)


def best_loss(hessian, start, optimizer_class, **settings):
    losses = []
    for lr in torch.logspace(-4, 0, 21).tolist():
        w = torch.nn.Parameter(start.clone())
        optimizer = optimizer_class([w], lr=lr, **settings)
        for _ in range(100):
            w.grad = hessian @ w.detach()
            optimizer.step()
        loss = (w @ hessian @ w).item() / 2
        losses.append(loss if math.isfinite(loss) else math.inf)
    return min(losses)


def test_adam_05_the_axes_decide_who_is_faster():
    valley, corner = torch.diag(torch.tensor([1.0, 1000.0], **F64)), torch.ones(2, **F64)
    half = math.sqrt(0.5)
    turn = torch.tensor([[half, -half], [half, half]], **F64)
    results = {}
    for name, Q in ("axes", torch.eye(2, **F64)), ("turned", turn):
        problem = Q @ valley @ Q.T, Q @ corner
        results[name] = [
            best_loss(*problem, torch.optim.SGD),
            best_loss(*problem, torch.optim.SGD, momentum=0.9),
            best_loss(*problem, torch.optim.Adam),
        ]
    sgd, momentum, adam = results["axes"]
    assert adam < momentum / 10 < sgd / 10
    sgd, momentum, adam = results["turned"]
    assert momentum * 5 < adam < sgd


@pytest.mark.parametrize(
    ("optimizer_class", "settings", "end"),
    [(torch.optim.SGD, {}, -1.0), (torch.optim.Adam, {"betas": (0.0, 1 / 17)}, 1.0)],
    ids=["SGD", "Adam"],
)
def test_adam_05_on_reddi_s_problem_adam_ends_at_the_worst_point(optimizer_class, settings, end):
    x = parameter(0.0)  # the loss is 4 x, then twice -x; x stays between -1 and 1
    optimizer = optimizer_class([x], lr=1.0, **settings)
    for t in range(1, 3001):
        optimizer.param_groups[0]["lr"] = 0.5 / math.sqrt(t)
        x.grad = torch.tensor([4.0 if t % 3 == 1 else -1.0], **F64)
        optimizer.step()
        with torch.no_grad():
            x.clamp_(-1, 1)
    assert abs(x.item() - end) < 0.05


def test_adam_06_alternating_gradients_cancel():
    p = parameter()
    optimizer = torch.optim.Adam([p])
    for k in range(200):
        p.grad = torch.tensor([(-1.0) ** k], **F64)
        optimizer.step()
    m = optimizer.state[p]["exp_avg"].abs().item()
    assert m == pytest.approx((1 - 0.9) / (1 + 0.9), abs=1e-6)
    assert round(m, 3) == 0.053


def test_adam_07_the_average_ends_at_g_and_the_buffer_at_ten_g():
    a, s = parameter(), parameter()
    adam, sgd = torch.optim.Adam([a]), torch.optim.SGD([s], lr=0.1, momentum=0.9)
    for t in range(1, 301):
        a.grad, s.grad = torch.full((1,), 3.0, **F64), torch.full((1,), 3.0, **F64)
        adam.step()
        sgd.step()
        m, b = adam.state[a]["exp_avg"].item(), sgd.state[s]["momentum_buffer"].item()
        assert b == pytest.approx(10 * m, rel=1e-9), f"step {t}: b = m / (1 - mu)"
    assert m == pytest.approx(3.0) and b == pytest.approx(30.0)


def test_adam_07_interchangeable_only_with_the_rate_rescaled():
    gen = torch.Generator().manual_seed(0)
    gradients = torch.randn(50, 1, generator=gen, **F64)
    m, p = 0.0, 0.0
    for g in gradients.flatten().tolist():
        m = 0.9 * m + (1 - 0.9) * g
        p -= 0.1 * m

    def end(**settings):
        return moves(torch.optim.SGD, gradients.tolist(), momentum=0.9, **settings).sum().item()

    assert end(lr=0.01) == pytest.approx(p, abs=1e-12)
    assert abs(end(lr=0.1) - p) > 0.1
    assert abs(end(lr=0.1, dampening=0.9) - p) > 0.1  # the first gradient is not damped


def test_adam_08_the_average_is_divided_not_the_gradient():
    second = moves(torch.optim.Adam, [[1.0], [-1.0]], lr=0.1)[1].item()
    assert second == pytest.approx(0.1 * 0.01 / 0.19, abs=1e-8)
    assert round(second, 4) == 0.0053
    divided = moves(torch.optim.Adam, [[1.0], [-1.0]], lr=0.1, betas=(0.0, 0.999))[1].item()
    assert divided == pytest.approx(0.1, abs=1e-8)
