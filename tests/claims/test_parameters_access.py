"""The parameter note up to section 1.2: each test asserts the claim's verdict in claims.csv."""

import ast
import contextlib
import copy
import io
import math

import pytest
import torch
from torch import nn


@pytest.fixture
def net():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))


def printed(*values):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        print(*values)
    return out.getvalue()


def test_parm_01_access_initialise_share(net):
    assert net[2].bias is dict(net.named_parameters())["2.bias"]  # access
    nn.init.constant_(net[2].bias, 3.0)  # initialise
    assert net[2].bias.item() == 3.0
    net[2].weight = net[0].weight  # share
    assert net[2].weight is net[0].weight


def test_parm_02_the_listings_lost_their_line_breaks():
    model = "from torch import nnnet = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))"
    constant = (
        "def init_42(m):if type(m) == nn.Linear:nn.init.constant_(m.weight, 42)net[0].apply(f)"
    )
    for listing in (model, constant):
        with pytest.raises(SyntaxError):
            ast.parse(listing)
    ast.parse(model.replace("import nn", "import nn\n", 1))
    # in my_init, the comment before the masking line swallows it
    masking = (
        "if True:\n    pass # keep what is >= 5 m.weight.data *= m.weight.data.abs() >= 5# because"
    )
    assert not any(isinstance(node, ast.AugAssign) for node in ast.walk(ast.parse(masking)))


def test_parm_03_without_a_seed_only_shapes_and_ranges_reproduce():
    def run():
        net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
        return net, net(torch.rand(size=(2, 4)))

    torch.manual_seed(0)
    runs = [run() for _ in range(300)]
    assert all(out.shape == (2, 1) for _, out in runs)
    assert all(out.grad_fn.name() == "AddmmBackward0" for _, out in runs)
    outputs = torch.stack([out.detach() for _, out in runs])
    assert outputs.min() < -0.0970 and outputs.max() > -0.0827  # the note's lie inside
    assert not torch.equal(outputs[0], outputs[1])
    bound = 1 / math.sqrt(8)
    weight = torch.cat([net[2].weight.detach() for net, _ in runs])
    assert 0.99 * bound < weight.abs().max() <= bound
    note = [-0.0427, -0.2939, -0.1894, 0.0220, -0.1709, -0.1522, -0.0334, -0.2263, 0.0887]
    assert max(map(abs, note)) < bound
    xavier = [0.5236, 0.0516, -0.3236, 0.3794]
    assert max(map(abs, xavier)) < math.sqrt(6 / (4 + 8))


def test_parm_04_state_dict_of_one_layer(net):
    state = net[2].state_dict()
    assert {name: tuple(value.shape) for name, value in state.items()} == {
        "weight": (1, 8),
        "bias": (1,),
    }
    assert {value.dtype for value in state.values()} == {torch.float32}
    assert list(nn.Linear(8, 1, bias=False).state_dict()) == ["weight"]


def test_parm_05_a_shared_parameter_has_several_names():
    shared = nn.Linear(8, 8)
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), shared, nn.ReLU(), shared)
    assert {"2.weight", "4.weight"} <= set(net.state_dict())
    once = [name for name, p in net.named_parameters() if p is shared.weight]
    both = [n for n, p in net.named_parameters(remove_duplicate=False) if p is shared.weight]
    assert (once, both) == (["2.weight"], ["2.weight", "4.weight"])


def test_parm_06_type_value_and_data_of_a_bias(net):
    with torch.no_grad():
        net[2].bias.fill_(0.0887)
    assert str(type(net[2].bias)) == "<class 'torch.nn.parameter.Parameter'>"
    expected = "Parameter containing:\ntensor([0.0887], requires_grad=True)\n"
    assert printed(net[2].bias) == expected
    assert printed(net[2].bias.data) == "tensor([0.0887])\n"
    assert type(net[2].bias.data) is torch.Tensor


@pytest.mark.parametrize("through_data", [True, False])
def test_parm_07_data_bypasses_the_version_counter(through_data):
    layer = nn.Linear(4, 1, bias=False)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[5.4079, 9.3334, 5.0616, 8.3095]]))
    loss = (layer.weight**2).sum()
    before = layer.weight._version
    if through_data:
        layer.weight.data[:] += 1
        layer.weight.data[0, 0] = 42
    else:
        with torch.no_grad():
            layer.weight[:] += 1
            layer.weight[0, 0] = 42
    assert printed(layer.weight.data[0]) == "tensor([42.0000, 10.3334,  6.0616,  9.3095])\n"
    if through_data:
        assert layer.weight._version == before
        loss.backward()  # silently wrong: 2 w of the new w
        assert layer.weight.grad[0, 0].item() == 84.0
    else:
        assert layer.weight._version > before
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            loss.backward()


def test_parm_08_grad_is_none_before_backward_and_after_zero_grad(net):
    weight = net[2].weight
    assert weight.grad == None  # noqa: E711 - the note's line
    net(torch.rand(2, 4)).sum().backward()
    assert weight.grad is not None
    net.zero_grad()
    assert weight.grad is None


def test_parm_09_named_parameters_as_printed(net):
    one = printed(*[(name, param.shape) for name, param in net[0].named_parameters()])
    every = printed(*[(name, param.shape) for name, param in net.named_parameters()])
    note_one = "(‘weight’, torch.Size([8, 4])) (‘bias’, torch.Size([8]))\n"
    note_every = (
        "(‘0.weight’, torch.Size([8, 4])) (‘0.bias’, torch.Size([8])) "
        "(‘2.weight’, torch.Size([1, 8])) (‘2.bias’, torch.Size([1]))\n"
    )
    straight = str.maketrans("‘’", "''")
    assert (one, every) == (note_one.translate(straight), note_every.translate(straight))


def test_parm_10_state_dict_shares_memory(net):
    value = net.state_dict()["2.bias"]
    assert torch.equal(value.data, net[2].bias) and not value.requires_grad
    assert value.data_ptr() == net[2].bias.data_ptr()
    kept = copy.deepcopy(net.state_dict())
    old = value.item()
    with torch.no_grad():
        net[2].bias.add_(1)
    assert value.item() == net[2].bias.item() != old == kept["2.bias"].item()


def test_parm_11_list_comprehensions():
    assert [x**2 for x in range(10)] == [0, 1, 4, 9, 16, 25, 36, 49, 64, 81]
    assert [x**2 for x in range(10) if x % 2 == 0] == [0, 4, 16, 36, 64]
    pairs = [(x, y) for x in [1, 2, 3] for y in ["a", "b", "c"]]
    expected = "(1,a)(1,b)(1,c)(2,a)(2,b)(2,c)(3,a)(3,b)(3,c)"
    assert "".join(f"({x},{y})" for x, y in pairs) == expected


def test_parm_12_the_star_unpacks_a_list():
    values = ["a", "b", 3]
    assert printed(*values) == printed("a", "b", 3) == "a b 3\n"
    assert printed(values) == "['a', 'b', 3]\n"
