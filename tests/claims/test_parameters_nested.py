"""The claims of section 1.3 of the parameter note: each test asserts the verdict in claims.csv."""

import pytest
import torch
from torch import nn

from torchnotes.shapes import trace_shapes


def block1():
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())


def block2():
    net = nn.Sequential()
    for i in range(4):
        net.add_module(f"block {i}", block1())
    return net


def make_rgnet():
    return nn.Sequential(block2(), nn.Linear(4, 1))


def test_parm_13_blocks_in_blocks_have_paths_for_names():
    rgnet = make_rgnet()
    assert sum(p.numel() for p in rgnet.parameters()) == 309
    names = [name for name, _ in rgnet.named_parameters()]
    inside = [f"0.block {i}.{j}.{p}" for i in range(4) for j in (0, 2) for p in ("weight", "bias")]
    assert names == [*inside, "1.weight", "1.bias"]
    assert (block1()(torch.randn(100, 4)) >= 0).all()
    with pytest.raises(KeyError, match="module name can"):
        rgnet.add_module("block.5", block1())


def test_parm_14_equal_rows_are_the_rule_because_every_block_brings_them_closer():
    seeds = 1000
    printed = bits = dead = 0
    distances = []
    with torch.no_grad():
        for seed in range(seeds):
            torch.manual_seed(seed)
            net, x = make_rgnet(), torch.rand(2, 4)
            row = [torch.dist(*x)]
            for block in net[0]:
                x = block(x)
                row.append(torch.dist(*x))
            first, second = net[1](x).flatten().tolist()
            printed += f"{first:.4f}" == f"{second:.4f}"
            bits += first == second
            dead += bool((x == 0).all())
            distances.append(torch.stack(row))
    # 71 %, 22 % and 5.7 % of 2000 seeds; three standard errors of 1000 are 4, 4 and 2 %
    assert abs(printed / seeds - 0.71) < 0.04
    assert abs(bits / seeds - 0.22) < 0.04
    assert abs(dead / seeds - 0.057) < 0.022
    distances = torch.stack(distances)
    assert (distances.median(0).values.diff() < 0).all()
    assert 0.7 < distances[:, 0].median() < 0.9
    assert 2e-5 < distances[:, -1].median() < 2e-4
    rms = distances.square().mean(0).sqrt()  # predicted: at most 6**-4 of what it was
    assert 0.3 < rms[-1] / rms[0] * 6**4 < 1.5


def test_parm_14_the_output_is_the_same_for_any_input():
    torch.manual_seed(0)
    rgnet = make_rgnet()
    X = torch.rand(2, 4)
    with torch.no_grad():
        out = rgnet(torch.cat([X, torch.zeros(1, 4)]))
        assert len({f"{y:.4f}" for y in out.flatten().tolist()}) == 1
        for name, p in rgnet.named_parameters():
            if name.endswith("bias"):
                p.zero_()
        assert rgnet(X).abs().max() < 0.01 * out.abs().max()  # it was the work of the biases


def test_parm_14_a_way_around_the_blocks_keeps_the_rows_apart():
    closer = 0
    with torch.no_grad():
        for seed in range(200):
            torch.manual_seed(seed)
            net, x = make_rgnet(), torch.rand(2, 4)
            before = torch.dist(*x)
            for block in net[0]:
                x = x + block(x)
            closer += bool(torch.dist(*x) < before / 6)
    assert closer == 0


def test_parm_15_seventeen_calls_with_the_notes_shapes():
    calls = trace_shapes(make_rgnet(), torch.rand(2, 4))
    assert len(calls) == 17
    widths = [call.output[1] for call in calls]
    assert widths == [8, 8, 4, 4] * 4 + [1]
    assert {call.output[0] for call in calls} == {2}
    assert [call.input for call in calls[1:]] == [call.output for call in calls[:-1]]


def test_parm_16_the_printout_is_the_notes_up_to_white_space():
    inside = "(0):Linear(in_features=4,out_features=8,bias=True)(1):ReLU()"
    inside += "(2):Linear(in_features=8,out_features=4,bias=True)(3):ReLU()"
    blocks = "".join(f"(block{i}):Sequential({inside})" for i in range(4))
    last = "(1):Linear(in_features=4,out_features=1,bias=True)"
    printed = "".join(str(make_rgnet()).split())
    assert printed == f"Sequential((0):Sequential({blocks}){last})"
    assert "->" not in printed  # the note's scheme is hand-written


def test_parm_17_three_ways_to_one_bias_of_8_values():
    rgnet = make_rgnet()
    bias = rgnet[0][1][0].bias
    assert tuple(bias.data.shape) == (8,)
    assert bias.abs().max() <= 0.5  # 1 / sqrt(4)
    assert rgnet.get_parameter("0.block 1.0.bias") is bias
    assert rgnet.get_submodule("0.block 1")[0].bias is bias
    note = [0.1999, -0.4073, -0.1200, -0.2033, -0.1573, 0.3546, -0.2141, -0.2483]
    assert len(note) == 8
    assert max(map(abs, note)) <= 0.5
