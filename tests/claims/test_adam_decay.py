"""The claims of the Adam note's lines on weight decay: each test asserts the verdict."""

import inspect

import pytest
import torch
from torch.testing import assert_close

LR, DECAY = 0.01, 0.1
CURVATURE = torch.tensor([10.0, 1.0, 0.2], dtype=torch.float64)
has_option = "decoupled_weight_decay" in inspect.signature(torch.optim.Adam).parameters


def train(optimizer_class, l2=0.0, decay=0.0, **options):
    """100 steps on three parabolas around 2, with an L2 term or decay added by hand."""
    theta = torch.nn.Parameter(torch.ones_like(CURVATURE))
    optimizer = optimizer_class([theta], lr=LR, **options)
    for _ in range(100):
        theta.grad = CURVATURE * (theta.detach() - 2) + l2 * theta.detach()
        with torch.no_grad():
            theta.mul_(1 - LR * decay)
        optimizer.step()
    return theta.detach()


def distance(a, b):
    return (a - b).abs().max().item()


def note_adam(slope, wd, steps=100, lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8, corrected=True):
    """Plain numbers: Adam with the note's line, from 1, on the loss slope * theta**2 / 2."""
    theta, m, v = 1.0, 0.0, 0.0
    for t in range(1, steps + 1):
        g, step_size = slope * theta, lr
        if wd != 0:
            step_size = step_size * (1 - beta2 * wd)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        hat1, hat2 = (1 - beta1**t, 1 - beta2**t) if corrected else (1.0, 1.0)
        theta -= step_size * (m / hat1) / ((v / hat2) ** 0.5 + eps)
    return theta


def torch_adam(optimizer_class, slope, wd, steps=100, lr=0.1):
    theta = torch.nn.Parameter(torch.ones((), dtype=torch.float64))
    optimizer = optimizer_class([theta], lr=lr, weight_decay=wd)
    for _ in range(steps):
        theta.grad = slope * theta.detach()
        optimizer.step()
    return theta.item()


def test_adam_13_adam_is_coupled():
    theirs = train(torch.optim.Adam, weight_decay=DECAY)
    assert distance(theirs, train(torch.optim.Adam, l2=DECAY)) < 1e-12
    assert distance(theirs, train(torch.optim.Adam, decay=DECAY)) > 0.1


def test_adam_13_adamw_is_decoupled():
    theirs = train(torch.optim.AdamW, weight_decay=DECAY)
    assert distance(theirs, train(torch.optim.Adam, decay=DECAY)) < 1e-12
    assert distance(theirs, train(torch.optim.Adam, l2=DECAY)) > 0.1


@pytest.mark.skipif(not has_option, reason="this torch has no decoupled_weight_decay")
def test_adam_13_the_option_makes_adamw_and_the_sentence_is_gone():
    option = train(torch.optim.Adam, weight_decay=DECAY, decoupled_weight_decay=True)
    assert torch.equal(option, train(torch.optim.AdamW, weight_decay=DECAY))
    assert "follows changes proposed" not in torch.optim.Adam.__doc__


def test_adam_17_the_rules_coincide_for_plain_sgd_only():
    sgd = torch.optim.SGD
    assert distance(train(sgd, l2=DECAY), train(sgd, decay=DECAY)) < 1e-12
    heavy = {"momentum": 0.9}
    assert distance(train(sgd, l2=DECAY, **heavy), train(sgd, decay=DECAY, **heavy)) > 0.1


def test_adam_17_l2_in_adam_is_rescaled_per_parameter():
    lr, wd, steps = 1e-3, 0.1, 100
    sigma = torch.tensor([0.1, 1.0, 10.0, 100.0], dtype=torch.float64)

    def share_lost(optimizer_class):
        gen = torch.Generator().manual_seed(0)
        theta = torch.nn.Parameter(torch.ones(len(sigma), 2000, dtype=torch.float64))
        optimizer = optimizer_class([theta], lr=lr, weight_decay=wd)
        for _ in range(steps):
            noise = torch.randn(len(sigma), 1000, generator=gen, dtype=torch.float64)
            theta.grad = sigma[:, None] * torch.cat([noise, -noise], dim=1)
            optimizer.step()
        return 1 - theta.detach().mean(1) ** (1 / steps)

    predicted = lr * wd / (sigma**2 + wd**2).sqrt()
    assert_close(share_lost(torch.optim.Adam), predicted, rtol=0.1, atol=0)
    assert_close(share_lost(torch.optim.AdamW), torch.full_like(sigma, lr * wd), rtol=0.02, atol=0)


@pytest.mark.parametrize("corrected", [True, False])
def test_adam_31_an_ignored_weight_stays(corrected):
    assert note_adam(0.0, 0.5, corrected=corrected) == 1.0
    assert round(torch_adam(torch.optim.AdamW, 0.0, 0.5), 4) == 0.0059
    assert round(torch_adam(torch.optim.Adam, 0.0, 0.5), 4) == 0.0029


def test_adam_31_is_another_learning_rate():
    other = torch_adam(torch.optim.Adam, 2.0, 0.0, lr=0.1 * (1 - 0.999 * 0.5))
    assert note_adam(2.0, 0.5) == pytest.approx(other, abs=1e-12)


def test_adam_31_climbs_above_one_over_beta2():
    assert note_adam(2.0, 1.5) > 5
    assert note_adam(2.0, 1.01 / 0.999) > 1 > note_adam(2.0, 0.99 / 0.999)
    assert abs(torch_adam(torch.optim.AdamW, 2.0, 1.5)) < 0.01
