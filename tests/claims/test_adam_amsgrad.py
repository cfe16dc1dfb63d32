"""The claims of the Adam note about AMSGrad: each test asserts the verdict."""

import itertools
from functools import partial

import pytest
import torch
from torch.testing import assert_close

from torchnotes.reddi import play, reddi_gradients

DOUBLE = {"dtype": torch.float64}


def amsgrad(form, gradients, theta, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    """Run one of the three forms; ``gradients`` maps theta and t to a gradient."""
    theta = theta.clone()
    m, v, top = (torch.zeros_like(theta) for _ in range(3))
    for t in range(1, 201):
        g = gradients(theta, t)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        top = torch.maximum(top, v / (1 - beta2**t) if form == "third" else v)
        numerator = m if form == "paper" else m / (1 - beta1**t)
        root = (top / (1 - beta2**t) if form == "torch" else top).sqrt()
        theta = theta - lr * numerator / (root + eps)
    return theta


def torch_optim(gradients, theta, **settings):
    p = torch.nn.Parameter(theta.clone())
    optimizer = torch.optim.Adam([p], lr=0.01, **settings)
    for t in range(1, 201):
        p.grad = gradients(p.detach(), t)
        optimizer.step()
    return p.detach()


@torch.no_grad()
def note(gradients, theta):
    """The note's lines with amsgrad on, after their state was made by hand."""
    p = theta.clone()
    exp_avg, exp_avg_sq, max_exp_avg_sq = (torch.zeros_like(p) for _ in range(3))
    for t in range(1, 201):
        grad = gradients(p, t)
        exp_avg.mul_(0.9).add_(grad, alpha=1 - 0.9)
        exp_avg_sq.mul_(0.999).addcmul_(grad, grad, value=1 - 0.999)
        torch.max(max_exp_avg_sq, exp_avg_sq, out=max_exp_avg_sq)
        denom = max_exp_avg_sq.sqrt().add_(1e-8)
        p.addcdiv_(exp_avg, denom, value=-0.01)
    return p


VALLEY = torch.func.grad(lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2)
START = torch.tensor([-1.0, 2.0], **DOUBLE)


def valley(theta, t):
    return VALLEY(theta)


def spike(theta, t):
    """A gradient of 1 at first, then noise a hundred times smaller."""
    gen = torch.Generator().manual_seed(t)
    return torch.ones_like(theta) if t == 1 else 0.01 * torch.randn(2, generator=gen, **DOUBLE)


def test_adam_10_amsgrad_reaches_the_optimum_where_adam_does_not():
    gradients = reddi_gradients(3000)
    adam = partial(torch.optim.Adam, lr=0.5, betas=(0.0, 1 / 17))
    assert play(adam, gradients)[-1].item() == pytest.approx(1.0, abs=0.01)  # the worst
    end = play(partial(adam, amsgrad=True), gradients)[-1].item()
    assert end == pytest.approx(-0.997, abs=0.001)  # the optimum is -1


@pytest.mark.parametrize("gradients", [valley, spike], ids=["valley", "spike"])
def test_adam_11_three_algorithms(gradients):
    ends = {form: amsgrad(form, gradients, START) for form in ("torch", "paper", "third")}
    assert_close(ends["torch"], torch_optim(gradients, START, amsgrad=True), rtol=0, atol=1e-12)
    for a, b in itertools.combinations(ends, 2):
        assert (ends[a] - ends[b]).abs().max() > 0.01, f"{a} and {b} end in the same place"


def test_adam_11_how_far_apart_on_the_page():
    ends = {form: amsgrad(form, valley, START) for form in ("torch", "paper", "third")}
    gaps = {
        (a, b): (ends[a] - ends[b]).abs().max().item() for a, b in itertools.combinations(ends, 2)
    }
    assert gaps["torch", "third"] == pytest.approx(0.038, abs=0.0005)
    assert gaps["torch", "paper"] == pytest.approx(0.236, abs=0.0005)
    assert gaps["paper", "third"] == pytest.approx(0.274, abs=0.0005)


@pytest.mark.parametrize("gradients", [valley, spike], ids=["valley", "spike"])
def test_adam_29_the_note_takes_the_maximum_that_torch_takes(gradients):
    """The same uncorrected v; without the division that follows, it is the paper's algorithm."""
    ours = amsgrad("paper", gradients, START)
    assert_close(note(gradients, START), ours, rtol=0, atol=1e-12)
    theirs = torch_optim(gradients, START, amsgrad=True)
    assert (ours - theirs).abs().max() > 0.01
    p = torch.nn.Parameter(torch.zeros(2, **DOUBLE))
    optimizer = torch.optim.Adam([p], amsgrad=True)
    v, top = torch.zeros(2, **DOUBLE), torch.zeros(2, **DOUBLE)
    for t in range(1, 50):
        p.grad = spike(p.detach(), t)
        v.mul_(0.999).addcmul_(p.grad, p.grad, value=1 - 0.999)
        torch.max(top, v, out=top)
        optimizer.step()
    assert_close(optimizer.state[p]["max_exp_avg_sq"], top)
    assert (top > v).all()  # the spike is remembered, so the maximum is at work


def denominator_of_torch(steps, amsgrad=True):
    """Read off torch's steps: with beta1 = 0 a step is lr g / denominator, so g must not be 0."""
    p = torch.nn.Parameter(torch.zeros(1, **DOUBLE))
    optimizer = torch.optim.Adam([p], lr=1.0, betas=(0.0, 0.999), eps=0.0, amsgrad=amsgrad)
    found = []
    for t in range(1, steps + 1):
        g = 1.0 if t == 1 else 1e-12  # as good as zero for v, and visible in the step
        p.grad = torch.full_like(p, g)
        p.data.zero_()

        optimizer.step()
        found.append(-g / p.item())
    return found


def test_adam_34_torch_s_denominator_shrinks():
    found = denominator_of_torch(1000)
    assert [round(found[t - 1], 3) for t in (1, 10, 100, 1000)] == [1.0, 0.317, 0.102, 0.040]
    assert all(b < a for a, b in itertools.pairwise(found))


def test_adam_34_the_paper_s_does_not():
    v, top, roots = 0.0, 0.0, []
    for t in range(1, 1001):
        v = 0.999 * v + (1 - 0.999) * (1.0 if t == 1 else 0.0)
        top = max(top, v)
        roots.append(top**0.5)
    assert all(b >= a for a, b in itertools.pairwise(roots))


def test_adam_34_with_the_theorem_s_learning_rate_torch_s_form_is_safe():
    """The proof asks that denominator / lr_t never falls, and lr_t is lr / sqrt(t)."""
    found = [d * t**0.5 for t, d in enumerate(denominator_of_torch(1000), 1)]
    assert all(b > a * (1 - 1e-12) for a, b in itertools.pairwise(found))


def test_adam_38_adam_takes_v_and_amsgrad_its_maximum():
    beta2, v, top = 0.999, 0.0, 0.0
    for amsgrad_on in (False, True):
        found = denominator_of_torch(300, amsgrad=amsgrad_on)
        v = top = 0.0
        for t, d in enumerate(found, 1):
            v = beta2 * v + (1 - beta2) * (1.0 if t == 1 else 0.0)
            top = max(top, v)
            expected = ((top if amsgrad_on else v) / (1 - beta2**t)) ** 0.5
            assert d == pytest.approx(expected, rel=1e-6)
