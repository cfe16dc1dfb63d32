"""torchnotes.initialisation against closed forms, printed tables and plain loops."""

import math

import pytest
import torch
from torch import nn

from torchnotes.initialisation import chi2_p_value, ks_p_value, mixture_, signal_stds


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def test_mixture_fills_in_place_without_being_recorded():
    p = nn.Parameter(torch.zeros(300, 200))
    assert mixture_(p, generator=seeded()) is p
    assert p.requires_grad and p.is_leaf
    w = p.detach()
    inside = (w == 0) | (w.abs() >= 5) & (w.abs() <= 10)
    assert inside.all()
    # 60,000 draws: the standard deviation of each share is below 0.0021; allow six of them
    for share, expected in [((w == 0), 0.5), ((w > 0), 0.25), ((w < 0), 0.25)]:
        assert abs(share.double().mean().item() - expected) < 0.0125


def test_mixture_follows_its_generator():
    first, again, other = (mixture_(torch.empty(50), generator=seeded(s)) for s in (1, 1, 2))
    assert torch.equal(first, again) and not torch.equal(first, other)


@pytest.mark.parametrize(
    ("counts", "statistic"), [([50, 25, 25], 0.0), ([60, 20, 20], 4.0), ([40, 40, 20], 12.0)]
)
def test_chi2_with_two_degrees_of_freedom_is_an_exponential(counts, statistic):
    expected = math.exp(-statistic / 2)
    assert chi2_p_value(counts, [0.5, 0.25, 0.25]) == pytest.approx(expected, abs=1e-9)


def test_chi2_with_one_degree_of_freedom_is_a_normal_tail():
    # (60 - 50)**2 / 50 * 2 = 4 = 2**2, and P(|N(0, 1)| > 2) = erfc(2 / sqrt(2))
    assert chi2_p_value([60, 40], [0.5, 0.5]) == pytest.approx(math.erfc(math.sqrt(2)))


def test_chi2_matches_the_printed_table():
    # the 5 % point of chi-squared with 3 degrees of freedom is 7.815
    p = chi2_p_value([0, 4000], [0.5, 0.5])
    assert p < 1e-300
    x = 7.815
    counts = [250 + math.sqrt(x * 250 / 2), 250 - math.sqrt(x * 250 / 2), 250, 250]
    assert chi2_p_value(counts, [0.25] * 4) == pytest.approx(0.05, abs=2e-5)


@pytest.mark.parametrize("probabilities", [[0.5, 0.5], [0.5, 0.3, 0.3]])
def test_chi2_refuses_probabilities_that_do_not_fit(probabilities):
    with pytest.raises(ValueError, match="together they make 1"):
        chi2_p_value([1, 2, 3], probabilities)


def test_ks_matches_the_printed_critical_values():
    # Smirnov's table: 1.358 at 5 %, 1.949 at 0.1 %. A shifted grid has a gap that is known.
    n = 10_000
    for critical, alpha in [(1.358, 0.05), (1.949, 0.001)]:
        shift = critical / math.sqrt(n)
        grid = (torch.arange(n, dtype=torch.float64) + 1) / n - shift
        p = ks_p_value(grid, lambda t: t.clamp(0, 1))
        assert p == pytest.approx(alpha, rel=0.01)


def test_ks_accepts_what_is_right_and_rejects_what_is_not():
    sample = torch.rand(20_000, generator=seeded())
    assert ks_p_value(sample, lambda t: t) > 1e-6
    assert ks_p_value(sample, lambda t: t**1.1) < 1e-12
    assert ks_p_value(torch.full((200,), 0.5), lambda t: t) < 1e-12
    evenly = (torch.arange(100, dtype=torch.float64) + 0.5) / 100
    assert ks_p_value(evenly, lambda t: t) == 1.0


def test_ks_p_values_are_uniform_when_the_sample_is_right():
    ps = torch.tensor(
        [ks_p_value(torch.rand(400, generator=seeded(s)), torch.abs) for s in range(400)]
    )
    for level in (0.25, 0.5, 0.75):  # standard deviation 0.025; allow five and the finite n
        assert abs((ps < level).double().mean().item() - level) < 0.15


def plain_loop(weights, x, noise):
    outputs, h = [], x
    for W in weights:
        outputs.append(h @ W.T)
        h = outputs[-1].relu()
    gradients, g = [], noise
    for i in reversed(range(len(weights))):
        g = g * (outputs[i] > 0)
        gradients.append(g.std().item())
        g = g @ weights[i]
    return [o.std().item() for o in outputs], gradients[::-1]


def test_signal_stds_against_a_loop_by_hand():
    torch.manual_seed(0)
    layers = [nn.Linear(9, 9, bias=False) for _ in range(4)]
    model = nn.Sequential(*(m for layer in layers for m in (layer, nn.ReLU())))
    x = torch.randn(32, 9)
    torch.manual_seed(1)
    outputs, gradients = signal_stds(model, x)
    torch.manual_seed(1)
    with torch.no_grad():
        expected = plain_loop([layer.weight for layer in layers], x, torch.randn(32, 9))
    torch.testing.assert_close(torch.tensor(outputs), torch.tensor(expected[0]))
    torch.testing.assert_close(torch.tensor(gradients), torch.tensor(expected[1]))


def test_signal_stds_leaves_no_hook_and_no_grad():
    model = nn.Sequential(nn.Linear(3, 3), nn.ReLU(inplace=True), nn.Linear(3, 2))
    signal_stds(model, torch.randn(5, 3))
    with pytest.raises(RuntimeError):
        signal_stds(model, torch.randn(5, 4))
    assert not any(m._forward_hooks for m in model.modules())
    assert all(p.grad is None for p in model.parameters())


def test_signal_stds_counts_every_use_of_a_shared_layer():
    shared = nn.Linear(3, 3)
    outputs, gradients = signal_stds(nn.Sequential(shared, nn.Tanh(), shared), torch.randn(8, 3))
    assert len(outputs) == len(gradients) == 2
    assert all(g > 0 for g in gradients)
