"""Adam and AdamW against torch's: every option, a hundred steps long, and checkpoints both ways."""

import copy
import io
import itertools
import math
import pickle

import pytest
import torch
from torch.testing import assert_close
from torch.utils._python_dispatch import TorchDispatchMode

from torchnotes import device
from torchnotes.adam import Adam, AdamW

STEPS = 100
OPTIONS = [
    dict(zip(("amsgrad", "maximize", "weight_decay", "eps", "betas"), values, strict=True))
    for values in itertools.product(
        (False, True),
        (False, True),
        (0, 0.1),
        (1e-8, 0.3),
        ((0.9, 0.999), (0.0, 0.5), (0.99, 0.9)),
    )
]


def label(options):
    return "-".join(f"{key}={value}" for key, value in options.items())


def parameters(dtype=torch.float64, on=None):
    """Three parameters, the last of which gets a gradient only every third time."""
    gen = torch.Generator().manual_seed(0)
    shapes = [(4, 3), (3,), ()]
    return [
        torch.nn.Parameter(torch.randn(s, generator=gen, dtype=dtype).to(on or device()))
        for s in shapes
    ]


def give_gradients(params, k, gen):
    """The same gradients for whoever asks at step ``k``: of all sizes, some zero, one None."""
    for index, p in enumerate(params):
        g = torch.randn(p.shape, generator=gen, dtype=p.dtype) * 10.0 ** ((k % 7) - 5)
        g = torch.where(torch.rand(p.shape, generator=gen) < 0.1, 0.0, g).to(p)
        p.grad = None if index == 2 and k % 3 else g


def run(optimizer, params, steps=STEPS, first=0):
    gen = torch.Generator().manual_seed(1 + first)
    for k in range(first, first + steps):
        give_gradients(params, k, gen)
        optimizer.step()
    return [p.detach().clone() for p in params]


def in_groups(params, **first):
    """Two groups; the first overrides some options."""
    return [{"params": params[:1], **first}, {"params": params[1:]}]


def assert_same_state(ours, theirs, **tolerance):
    assert ours["state"].keys() == theirs["state"].keys()
    for index, state in ours["state"].items():
        assert state.keys() == theirs["state"][index].keys()
        for key, value in state.items():
            assert_close(value, theirs["state"][index][key].to(value), **tolerance)


@pytest.mark.parametrize("decoupled", [False, True])
@pytest.mark.parametrize("options", OPTIONS, ids=label)
def test_every_combination_of_options_equals_torch(options, decoupled):
    if decoupled:
        theirs_class, ours_class = torch.optim.AdamW, AdamW
    else:
        theirs_class, ours_class = torch.optim.Adam, Adam
    other = {"lr": 0.03, "betas": (0.8, 0.95)}
    reference = parameters()
    theirs = theirs_class(in_groups(reference, **other), lr=0.01, foreach=False, **options)
    expected = run(theirs, reference)
    for foreach in (False, True):
        params = parameters()
        ours = ours_class(in_groups(params, **other), lr=0.01, foreach=foreach, **options)
        for got, want in zip(run(ours, params), expected, strict=True):
            assert_close(got, want, rtol=1e-12, atol=1e-12)
        assert_same_state(ours.state_dict(), theirs.state_dict(), rtol=1e-12, atol=1e-12)
    if options["weight_decay"]:
        params = parameters()
        option = ours_class(in_groups(params, **other), lr=0.01, **{**options, "weight_decay": 0.0})
        off = max((a - b).abs().max() for a, b in zip(run(option, params), expected, strict=True))
        assert off > 1e-3, "the comparison would notice a missing weight decay"


@pytest.mark.parametrize("foreach", [False, True, None])
@pytest.mark.parametrize("decoupled", [False, True])
def test_the_option_decoupled_weight_decay_is_adamw(decoupled, foreach):
    reference, params = parameters(), parameters()
    settings = {"weight_decay": 0.1, "lr": 0.01, "decoupled_weight_decay": decoupled}
    expected = run(torch.optim.Adam(reference, **settings), reference)
    for got, want in zip(
        run(Adam(params, foreach=foreach, **settings), params), expected, strict=True
    ):
        assert_close(got, want, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("dtype", [torch.float32, torch.complex128, torch.bfloat16], ids=str)
@pytest.mark.parametrize("amsgrad", [False, True])
@pytest.mark.parametrize("foreach", [False, True])
@pytest.mark.parametrize("maximize", [False, True])
def test_other_types_equal_torch(dtype, amsgrad, foreach, maximize):
    settings = {"amsgrad": amsgrad, "weight_decay": 0.1, "lr": 0.01, "maximize": maximize}
    reference, params = parameters(dtype), parameters(dtype)
    expected = run(torch.optim.Adam(reference, foreach=foreach, **settings), reference)
    got = run(Adam(params, foreach=foreach, **settings), params)
    for a, b in zip(got, expected, strict=True):
        eps = torch.finfo(dtype).eps
        assert_close(a, b, rtol=8 * eps, atol=8 * eps)


def test_a_group_of_mixed_types_is_updated_together():
    mixed = [*parameters(torch.float32), *parameters(torch.float64)]
    alone = [p.detach().clone().requires_grad_() for p in mixed]
    together = run(Adam(mixed, foreach=True), mixed)
    for got, want in zip(together, run(Adam(alone, foreach=False), alone), strict=True):
        assert_close(got, want)


def test_the_defaults_are_torch_s():
    for ours, theirs in ((Adam, torch.optim.Adam), (AdamW, torch.optim.AdamW)):
        defaults = ours(parameters()).defaults
        wanted = theirs(parameters()).defaults
        assert defaults == {key: wanted[key] for key in defaults}
        assert set(wanted) - set(defaults) == {"capturable", "differentiable", "fused"}


def test_a_tensor_is_read_at_every_step():
    p, q = (torch.nn.Parameter(torch.zeros(2)) for _ in "pq")
    rate = torch.tensor(0.5)
    optimizers = [Adam([p], lr=rate), torch.optim.Adam([q], lr=rate, foreach=False)]
    for value in (0.5, 0.25, 0.125):
        rate.fill_(value)
        for parameter, optimizer in zip((p, q), optimizers, strict=True):
            parameter.grad = torch.ones(2)
            optimizer.step()
    assert_close(p.detach(), q.detach())
    assert_close(p.detach(), torch.full((2,), -0.875))


# --- checks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [
        {"lr": -1.0},
        {"lr": -1e-12},
        {"lr": math.nan},
        {"lr": torch.tensor([0.1, 0.2])},
        {"eps": -1e-8},
        {"eps": math.nan},
        {"betas": (1.0, 0.999)},
        {"betas": (-0.1, 0.999)},
        {"betas": (0.9, 1.0)},
        {"betas": (0.9, 1.1)},
        {"betas": (math.nan, 0.9)},
        {"betas": (0, 0.999)},
        {"betas": (torch.tensor(0.9), 0.999)},
        {"weight_decay": -0.1},
        {"weight_decay": math.nan},
        {"lr": -1.0, "eps": -1.0, "betas": (2.0, 2.0), "weight_decay": -1.0},  # torch's order
        {"eps": -1.0, "betas": (2.0, 2.0), "weight_decay": -1.0},
        {"betas": (2.0, 2.0), "weight_decay": -1.0},
    ],
    ids=str,
)
@pytest.mark.parametrize("pair", [(Adam, torch.optim.Adam), (AdamW, torch.optim.AdamW)])
def test_a_setting_out_of_range_gets_torch_s_message(pair, bad):
    ours, theirs = pair
    with pytest.raises(ValueError) as expected:
        theirs(parameters(), **bad)
    with pytest.raises(ValueError) as got:
        ours(parameters(), **bad)
    assert str(got.value) == str(expected.value)


@pytest.mark.parametrize(
    "good",
    [
        {"lr": 0.0},
        {"lr": math.inf},
        {"eps": 0.0},
        {"betas": (0.0, 0.0)},
        {"weight_decay": 0},
        {"betas": (torch.tensor(0.9), torch.tensor(0.99))},
    ],
    ids=str,
)
def test_the_edge_of_a_range_is_inside(good):
    torch.optim.Adam(parameters(), **good)
    Adam(parameters(), **good)


@pytest.mark.parametrize("params", [[], torch.zeros(2), {"params": []}, [1.0]], ids=str)
def test_bad_params_get_torch_s_message(params):
    with pytest.raises((TypeError, ValueError)) as expected:
        torch.optim.Adam(params)
    with pytest.raises(type(expected.value)) as got:
        Adam(params)
    assert str(got.value) == str(expected.value)


@pytest.mark.parametrize("foreach", [False, True])
def test_a_sparse_gradient_is_refused_before_anything_changes(foreach):
    messages = []
    for optimizer_class in (Adam, torch.optim.Adam):
        dense = torch.nn.Parameter(torch.ones(3))
        dense.grad = torch.ones(3)
        table = torch.nn.Embedding(5, 2, sparse=True)
        table(torch.tensor([1, 3])).sum().backward()
        before = table.weight.detach().clone()
        optimizer = optimizer_class([dense, table.weight], foreach=foreach)
        with pytest.raises(RuntimeError) as caught:
            optimizer.step()
        messages.append(str(caught.value))
        assert_close(table.weight.detach(), before)
        assert dense.tolist() == [1.0, 1.0, 1.0]
    assert messages[0] == messages[1]


# --- state ---------------------------------------------------------------------------------------


def test_state_is_made_with_the_first_gradient():
    used, unused = (torch.nn.Parameter(torch.ones(2, 3)) for _ in "ab")
    optimizer = Adam([used, unused])
    assert not optimizer.state
    used.grad = torch.ones(2, 3)
    optimizer.step()
    assert set(optimizer.state) == {used}
    assert set(optimizer.state[used]) == {"step", "exp_avg", "exp_avg_sq"}
    assert optimizer.state[used]["step"].shape == ()
    assert unused.eq(1).all()


@pytest.mark.parametrize("foreach", [False, True])
@pytest.mark.parametrize("weight_decay", [0, 0.1])
def test_a_step_leaves_the_gradient_and_the_graph_alone(foreach, weight_decay):
    p = torch.nn.Parameter(torch.ones(3))
    p.grad = torch.tensor([1.0, -2.0, 3.0])
    optimizer = Adam([p], weight_decay=weight_decay, maximize=True, foreach=foreach)
    optimizer.step()
    assert p.grad.tolist() == [1.0, -2.0, 3.0]
    assert p.is_leaf and p.requires_grad and p._version == 1
    assert not any(value.requires_grad for value in optimizer.state[p].values())


@pytest.mark.parametrize("pair", [(Adam, torch.optim.Adam), (AdamW, torch.optim.AdamW)])
@pytest.mark.parametrize("amsgrad", [False, True])
@pytest.mark.parametrize("direction", ["to torch", "from torch", "to itself"])
def test_a_checkpoint_goes_on_where_it_stopped(pair, amsgrad, direction):
    settings = {"lr": 0.01, "amsgrad": amsgrad, "weight_decay": 0.1}
    reference = parameters()
    whole = pair[1](in_groups(reference, lr=0.03), **settings)
    run(whole, reference, 50)
    expected = run(whole, reference, 50, first=50)

    first, second = {
        "to torch": pair,
        "from torch": pair[::-1],
        "to itself": (pair[0], pair[0]),
    }[direction]
    params = parameters()
    optimizer = first(in_groups(params, lr=0.03), **settings)
    run(optimizer, params, 50)
    file = io.BytesIO()
    torch.save(optimizer.state_dict(), file)
    file.seek(0)
    # the new optimizer has other settings: those of the checkpoint must win
    heir = second(in_groups(params), lr=1.0, betas=(0.5, 0.5), amsgrad=not amsgrad)
    heir.load_state_dict(torch.load(file, weights_only=True))
    for got, want in zip(run(heir, params, 50, first=50), expected, strict=True):
        assert_close(got, want, rtol=1e-12, atol=1e-12)
    assert all(group["amsgrad"] is amsgrad for group in heir.param_groups)


@pytest.mark.parametrize("optimizer_class", [Adam, AdamW])
def test_an_old_checkpoint_is_brought_up_to_date(optimizer_class):
    """As torch wrote it before 1.12: an int step, and none of the later options."""
    settings = {"lr": 0.01, "weight_decay": 0.1}
    theirs_class = getattr(torch.optim, optimizer_class.__name__)
    reference, params = parameters(), parameters()
    theirs = theirs_class(reference, **settings)
    run(theirs, reference, 10)
    ours = optimizer_class(params, **settings)
    run(ours, params, 10)
    old = copy.deepcopy(ours.state_dict())
    for group in old["param_groups"]:
        for key in ("amsgrad", "foreach", "maximize", "decoupled_weight_decay"):
            del group[key]
    for state in old["state"].values():
        state["step"] = int(state["step"])
    heir = optimizer_class(params, lr=1.0)
    heir.load_state_dict(old)
    assert all(isinstance(state["step"], torch.Tensor) for state in heir.state.values())
    assert heir.param_groups[0]["amsgrad"] is False and heir.param_groups[0]["maximize"] is False
    assert heir.param_groups[0]["decoupled_weight_decay"] is (optimizer_class is AdamW)
    expected = run(theirs, reference, 10, first=10)
    for got, want in zip(run(heir, params, 10, first=10), expected, strict=True):
        assert_close(got, want, rtol=1e-12, atol=1e-12)


def test_pickling_and_copying_keep_state_and_options():
    params = parameters()
    optimizer = Adam(params, amsgrad=True, maximize=True)
    run(optimizer, params, 5)
    for twin in (pickle.loads(pickle.dumps(optimizer)), copy.deepcopy(optimizer)):
        assert twin.param_groups[0]["amsgrad"] and twin.param_groups[0]["maximize"]
        assert_same_state(twin.state_dict(), optimizer.state_dict(), rtol=0, atol=0)
        copies = twin.param_groups[0]["params"]
        mine = [p.detach().clone().requires_grad_() for p in params]
        again = Adam(mine)
        again.load_state_dict(copy.deepcopy(optimizer.state_dict()))  # it would share them
        for got, want in zip(run(twin, copies, 3), run(again, mine, 3), strict=True):
            assert_close(got, want, rtol=0, atol=0)


# --- use -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("outer", [torch.no_grad, torch.enable_grad])
def test_the_closure_runs_with_gradients_and_its_loss_is_returned(outer):
    p = torch.nn.Parameter(torch.tensor([3.0]))
    optimizer = Adam([p], lr=0.1)
    calls = []

    def closure():
        calls.append(torch.is_grad_enabled())
        optimizer.zero_grad()
        loss = (p**2).sum()
        loss.backward()
        return loss

    with outer():
        loss = optimizer.step(closure)
    assert calls == [True]
    assert loss.item() == 9.0
    assert_close(p.item(), 2.9)  # the first step has the size lr
    assert Adam([p]).step() is None


def test_it_works_with_a_scheduler_hooks_and_named_parameters():
    model = torch.nn.Linear(3, 1)
    optimizer = Adam(model.named_parameters(), lr=0.1)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
    seen = []
    optimizer.register_step_post_hook(lambda *_: seen.append(optimizer.param_groups[0]["lr"]))
    for _ in range(3):
        optimizer.zero_grad()
        model(torch.ones(2, 3)).sum().backward()
        optimizer.step()
        schedule.step()
    assert seen == [0.1, 0.05, 0.025]


def test_it_trains():
    torch.manual_seed(0)
    x = torch.randn(64, 4)
    y = x @ torch.tensor([1.0, -2.0, 3.0, 0.5])
    model = torch.nn.Sequential(torch.nn.Linear(4, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1))
    optimizer = Adam(model.parameters(), lr=0.02)
    losses = []
    for _ in range(150):
        optimizer.zero_grad()
        loss = (model(x)[:, 0] - y).square().mean()
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    assert losses[-1] < losses[0] / 20


class CountCalls(TorchDispatchMode):
    def __init__(self):
        super().__init__()
        self.calls = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        # leave out the profiler's calls, and reading a step, which is a number on the CPU
        reads = func is torch.ops.aten._local_scalar_dense.default
        self.calls += func.namespace == "aten" and not reads
        return func(*args, **(kwargs or {}))


def calls_of_a_step(n, **settings):
    params = [torch.nn.Parameter(torch.ones(2)) for _ in range(n)]
    for p in params:
        p.grad = torch.ones(2)
    optimizer = Adam(params, **settings)
    optimizer.step()  # makes the state
    with CountCalls() as counter:
        optimizer.step()
    return counter.calls


def test_together_the_number_of_calls_does_not_grow_with_the_number_of_parameters():
    together = [calls_of_a_step(n, foreach=True) for n in (1, 10, 100)]
    assert together[0] == together[1] == together[2] < 12
    one, ten = (calls_of_a_step(n, foreach=False) for n in (1, 10))
    assert ten == 10 * one
    assert calls_of_a_step(10) == ten, "on the CPU, where calls are cheap, one by one"
