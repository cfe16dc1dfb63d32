"""Reddi's game: the gradients, the play, the regret, and who goes the wrong way."""

from functools import partial

import pytest
import torch
from torch.testing import assert_close

from torchnotes.reddi import average_regret, play, rare_gradients, reddi_gradients

ADAM = partial(torch.optim.Adam, lr=0.5, betas=(0.0, 1 / 17))


def test_gradients_repeat_with_period_three():
    assert reddi_gradients(7).squeeze(1).tolist() == [4, -1, -1, 4, -1, -1, 4]
    assert reddi_gradients(2, C=9.0).tolist() == [[9], [-1]]


def test_rare_gradients_have_the_mean_that_the_theorem_asks_for():
    gradients = rare_gradients(5000, 40, C=20.0, p=1.2 / 21)
    assert sorted(gradients.unique().tolist()) == [-1, 20]
    assert abs(gradients.mean().item() - 0.2) < 0.05  # delta; standard error 0.011
    assert torch.equal(gradients, rare_gradients(5000, 40, C=20.0, p=1.2 / 21))


def test_play_is_projected_gradient_descent_with_a_falling_step():
    x, expected = 0.3, []
    gradients = reddi_gradients(50)
    for t, g in enumerate(gradients.squeeze(1).tolist(), 1):
        expected.append(x)
        x = min(1.0, max(-1.0, x - 0.2 / t**0.5 * g))
    xs = play(partial(torch.optim.SGD, lr=0.2), gradients, x1=0.3)
    assert_close(xs.squeeze(1), torch.tensor(expected, dtype=torch.float64))


def test_columns_are_games_of_their_own():
    gradients = torch.cat([reddi_gradients(300), -reddi_gradients(300)], dim=1)
    both = play(ADAM, gradients)
    assert_close(both[:, :1], play(ADAM, reddi_gradients(300)))
    assert_close(both[:, 1], -both[:, 0])


def test_regret_by_a_grid_of_fixed_choices():
    gen = torch.Generator().manual_seed(0)
    gradients = torch.randn(40, 3, generator=gen, dtype=torch.float64)
    xs = torch.rand(40, 3, generator=gen, dtype=torch.float64) * 2 - 1
    found = average_regret(xs, gradients)
    for T in (1, 7, 40):
        fixed = torch.linspace(-1, 1, 21, dtype=torch.float64)[:, None]
        best = (fixed * gradients[:T].sum(0)).min(0).values
        assert_close(found[T - 1], ((xs * gradients)[:T].sum(0) - best) / T)


@pytest.mark.parametrize("lr", [0.1, 0.5, 1.0])
def test_adam_goes_the_wrong_way_and_amsgrad_does_not(lr):
    gradients = reddi_gradients(3000)
    wrong = play(partial(ADAM, lr=lr), gradients)
    right = play(partial(ADAM, lr=lr, amsgrad=True), gradients)
    plain = play(partial(torch.optim.SGD, lr=lr), gradients)
    assert wrong[-30:].mean() > 0.99
    assert right[-30:].mean() < -0.99
    assert plain[-30:].mean() < -0.98
    assert average_regret(wrong, gradients)[-1] > 1.25  # towards 4/3
    assert average_regret(right, gradients)[-1] < 0.07
    assert average_regret(plain, gradients)[-1] < 0.09


def test_a_longer_memory_saves_adam():
    xs = play(partial(torch.optim.Adam, lr=0.5, betas=(0.0, 0.999)), reddi_gradients(3000))
    assert xs[-30:].mean() < -0.99


def test_the_random_order_does_not_save_it():
    games = rare_gradients(5000, games=50, C=20.0, p=1.2 / 21)
    short = play(partial(torch.optim.Adam, lr=0.5, betas=(0.9, 0.9)), games)[-1]
    largest = play(partial(torch.optim.Adam, lr=0.5, betas=(0.9, 0.9), amsgrad=True), games)[-1]
    assert (short > 0).all()
    assert (largest < 0).double().mean() > 0.7
