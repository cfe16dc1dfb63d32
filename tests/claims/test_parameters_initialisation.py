"""The claims of section 2 of the parameters note: each asserts the verdict in book/claims.csv."""

import math

import pytest
import torch
from torch import nn

from torchnotes.initialisation import chi2_p_value, ks_p_value, mixture_


def make_net():
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))


def init_normal(m):  # the note's
    if type(m) == nn.Linear:  # noqa: E721
        nn.init.normal_(m.weight, mean=0, std=0.01)
        nn.init.zeros_(m.bias)


def init_constant(m):  # the cell that the note dropped
    if type(m) == nn.Linear:  # noqa: E721
        nn.init.constant_(m.weight, 1)
        nn.init.zeros_(m.bias)


def init_xavier(m):
    if type(m) == nn.Linear:  # noqa: E721
        nn.init.xavier_uniform_(m.weight)


def init_42(m):
    if type(m) == nn.Linear:  # noqa: E721
        nn.init.constant_(m.weight, 42)


def my_init(m):
    if type(m) == nn.Linear:  # noqa: E721
        print("Init", *[(name, param.shape) for name, param in m.named_parameters()][0])  # noqa: RUF015
        nn.init.uniform_(m.weight, -10, 10)
        m.weight.data *= m.weight.data.abs() >= 5


def draws(n=2_000_000):
    return mixture_(torch.empty(n), generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("fan_in", [4, 100, 1000])
def test_parm_18_the_default_is_uniform_within_one_over_root_fan_in(fan_in):
    torch.manual_seed(0)
    layer = nn.Linear(fan_in, 40_000 // fan_in * 10)
    bound = 1 / math.sqrt(fan_in)
    for p in (layer.weight, layer.bias):
        assert p.abs().max().item() <= bound * (1 + 1e-6)
        assert p.abs().max().item() > 0.98 * bound
    assert ks_p_value(layer.weight.detach(), lambda t: (t / bound + 1) / 2) > 1e-6
    torch.manual_seed(0)  # and it is kaiming_uniform_ with a = sqrt(5), number for number
    same = nn.init.kaiming_uniform_(torch.empty(layer.weight.shape), a=math.sqrt(5))
    assert torch.equal(layer.weight, same)


def test_parm_18_custom_rules_are_allowed():
    net = make_net()
    net.apply(init_constant)
    assert net[0].weight.eq(1).all() and net[2].weight.eq(1).all()


def test_parm_19_init_normal_draws_std_one_hundredth_and_zeroes_the_bias():
    torch.manual_seed(0)
    layer = nn.Sequential(nn.Linear(500, 500), nn.ReLU()).apply(init_normal)[0]
    assert layer.weight.std().item() == pytest.approx(0.01, rel=0.01)
    assert abs(layer.weight.mean().item()) < 0.0002
    assert layer.bias.eq(0).all()


def test_parm_19_apply_visits_the_modules_inside_first():
    net, seen = make_net(), []
    net.apply(seen.append)
    assert seen == [net[0], net[1], net[2], net]


def test_parm_19_comparing_types_skips_subclasses():
    out_proj = nn.MultiheadAttention(8, 2).out_proj
    assert type(out_proj) is not nn.Linear and isinstance(out_proj, nn.Linear)
    before = out_proj.weight.detach().clone()
    out_proj.apply(init_normal)
    assert torch.equal(out_proj.weight, before)


def test_parm_20_the_printed_ones_are_init_constant():
    torch.manual_seed(0)
    net = make_net().apply(init_normal)
    weights = net[0].weight[0].tolist()
    assert all(abs(w) < 0.06 for w in weights) and len(set(weights)) == 4
    net.apply(init_constant)
    assert net[0].weight.data[0].tolist() == [1, 1, 1, 1]
    assert net[0].bias.data[0].item() == 0


def test_parm_21_xavier_and_42_each_on_its_layer():
    torch.manual_seed(0)
    net = make_net()
    biases = [net[0].bias.detach().clone(), net[2].bias.detach().clone()]
    net[0].apply(init_xavier)
    net[2].apply(init_42)
    bound = math.sqrt(6 / (4 + 8))
    assert net[0].weight.abs().max().item() <= bound
    assert all(abs(w) <= bound for w in (0.5236, 0.0516, -0.3236, 0.3794))  # the note's numbers
    assert net[2].weight.tolist() == [[42.0] * 8]
    assert torch.equal(net[0].bias, biases[0]) and torch.equal(net[2].bias, biases[1])


def test_parm_22_my_init_prints_two_lines_and_leaves_signed_zeros(capsys):
    torch.manual_seed(0)
    net = make_net()
    net.apply(my_init)
    assert capsys.readouterr().out.splitlines() == [
        "Init weight torch.Size([8, 4])",
        "Init weight torch.Size([1, 8])",
    ]
    w = net[0].weight
    assert ((w == 0) | (w.abs() >= 5)).all()
    zeros = w[w == 0]
    assert 0 < zeros.signbit().sum() < len(zeros)  # some are -0.0, some are not
    assert (torch.tensor(-3.0) * False).signbit()
    assert w[:2].grad_fn.name() == "SliceBackward0"


def test_parm_23_the_shares_are_one_half_and_two_quarters():
    w = draws()
    shares = [(part.sum() / len(w)).item() for part in (w == 0, w > 0, w < 0)]
    assert shares == pytest.approx([0.5, 0.25, 0.25], abs=0.0022)  # six standard deviations
    counts = [(w == 0).sum().item(), (w > 0).sum().item(), (w < 0).sum().item()]
    assert chi2_p_value(counts, [1 / 2, 1 / 4, 1 / 4]) > 1e-6


def test_parm_24_masking_a_uniform_is_exact():
    # in numbers of the grid: of every 20 intervals of equal probability, 5 fall into each band
    edges = torch.arange(-10, 10, dtype=torch.float64) + 0.5
    masked = edges * (edges.abs() >= 5)
    assert [(masked == 0).sum(), (masked > 0).sum(), (masked < 0).sum()] == [10, 5, 5]
    w = draws()
    bands = w[w > 0], -w[w < 0]
    assert not ((w != 0) & (w.abs() < 5)).any()  # the gap is empty
    for band in bands:
        assert ks_p_value(band, lambda t: (t - 5) / 5) > 1e-6


def test_parm_24_the_tests_would_notice_a_threshold_that_is_off_by_one_percent():
    w = draws()
    w = w * (w.abs() >= 5.05)
    counts = [(w == 0).sum().item(), (w > 0).sum().item(), (w < 0).sum().item()]
    assert chi2_p_value(counts, [1 / 2, 1 / 4, 1 / 4]) < 1e-9
    assert ks_p_value(w[w > 0], lambda t: (t - 5) / 5) < 1e-9
