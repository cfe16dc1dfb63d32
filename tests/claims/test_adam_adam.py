"""The claims of the Adam note's reading of the source: each test asserts the verdict."""

import copy
import importlib
import inspect
import math
import pickle

import pytest
import torch
from torch.testing import assert_close

SOURCE = importlib.import_module("torch.optim.adam")
SETTINGS = {
    name: parameter
    for name, parameter in inspect.signature(torch.optim.Adam).parameters.items()
    if name != "params"
}


def parameter(*values, dtype=torch.float64):
    return torch.nn.Parameter(torch.tensor(values or (1.0, 1.0), dtype=dtype))


class NoteAdam(torch.optim.Adam):
    """The note's step, without its branches for AMSGrad and weight decay."""

    appends_after_the_loop = False

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            params_with_grad, grads, exp_avgs, exp_avg_sqs = [], [], [], []
            for p in group["params"]:
                if p.grad is not None:
                    params_with_grad.append(p)
                    grads.append(p.grad)
                    if not self.appends_after_the_loop:
                        exp_avgs.append(self.state[p]["exp_avg"])
                        exp_avg_sqs.append(self.state[p]["exp_avg_sq"])
            if self.appends_after_the_loop:
                exp_avgs.append(self.state[p]["exp_avg"])
                exp_avg_sqs.append(self.state[p]["exp_avg_sq"])
            for i, p in enumerate(params_with_grad):
                state = self.state[p]
                exp_avg, exp_avg_sq = exp_avgs[i], exp_avg_sqs[i]
                beta1, beta2 = group["betas"]
                state["step"] = state["step"] + 1
                exp_avg.mul_(beta1).add_(grads[i], alpha=1 - beta1)
                exp_avg_sq.mul_(beta2).addcmul_(grads[i], grads[i], value=1 - beta2)
                denom = exp_avg_sq.sqrt().add_(group["eps"])
                p.addcdiv_(exp_avg, denom, value=-group["lr"])

    def make_state(self):
        for group in self.param_groups:
            for p in group["params"]:
                names = ("step", "exp_avg", "exp_avg_sq")
                self.state[p] = {name: torch.zeros_like(p) for name in names}


def first_step(optimizer_class, gradient, **settings):
    """What one step of lr 1 subtracts from a parameter with this gradient."""
    p = parameter(0.0)
    optimizer = optimizer_class([p], lr=1.0, **settings)
    if optimizer_class is NoteAdam:
        optimizer.make_state()
    p.grad = torch.full_like(p, gradient)
    optimizer.step()
    return -p.item()


def test_adam_12_the_listing_is_not_today_s_source():
    text = inspect.getsource(SOURCE)
    assert "functional as F" not in text
    for name in ("_single_tensor_adam", "_multi_tensor_adam", "_fused_adam"):
        assert callable(getattr(SOURCE, name))
    assert callable(torch.optim.Adam._init_group)


def test_adam_14_the_signature_has_grown():
    positional = [n for n, p in SETTINGS.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["lr", "betas", "eps", "weight_decay", "amsgrad"]
    added = {n for n, p in SETTINGS.items() if p.kind is p.KEYWORD_ONLY}
    assert added == {
        "foreach",
        "maximize",
        "capturable",
        "differentiable",
        "fused",
        "decoupled_weight_decay",
    }


def test_adam_15_params_are_an_iterable_of_parameters_or_groups():
    a, b = parameter(), parameter()
    optimizer = torch.optim.Adam([{"params": [a], "lr": 0.1}, {"params": [b]}])
    assert [group["lr"] for group in optimizer.param_groups] == [0.1, 1e-3]
    assert torch.optim.Adam(iter([a, b])).param_groups[0]["params"][1] is b
    torch.optim.Adam([("a", a), ("b", b)])  # named parameters
    with pytest.raises(TypeError):
        torch.optim.Adam({"params": [a]})


def test_adam_16_defaults():
    found = {name: SETTINGS[name].default for name in list(SETTINGS)[:5]}
    assert found == {
        "lr": 1e-3,
        "betas": (0.9, 0.999),
        "eps": 1e-8,
        "weight_decay": 0,
        "amsgrad": False,
    }
    assert inspect.signature(torch.optim.AdamW).parameters["weight_decay"].default == 1e-2


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"lr": -1.0}, "Invalid learning rate: -1.0"),
        ({"eps": -1.0}, "Invalid epsilon value: -1.0"),
        ({"betas": (1.0, 0.9)}, "Invalid beta parameter at index 0: 1.0"),
        ({"betas": (0.9, -0.1)}, "Invalid beta parameter at index 1: -0.1"),
        ({"weight_decay": -1.0}, "Invalid weight_decay value: -1.0"),
    ],
    ids=str,
)
def test_adam_18_five_messages(settings, message):
    with pytest.raises(ValueError) as caught:
        torch.optim.Adam([parameter()], **settings)
    assert str(caught.value) == message


def test_adam_19_what_the_checks_let_through():
    torch.optim.Adam([parameter()], lr=0.0, betas=(0.0, 0.0))
    p = parameter(1.0, 1.0)
    optimizer = torch.optim.Adam([p], lr=0.1, eps=0.0)
    p.grad = torch.tensor([1.0, 0.0], dtype=p.dtype)
    optimizer.step()
    assert_close(p[0].item(), 0.9)
    assert math.isnan(p[1].item())
    assert first_step(torch.optim.Adam, 1.0, maximize=True) == pytest.approx(-1.0)
    group = torch.optim.Adam([{"params": [parameter()], "lr": -1.0}]).param_groups[0]
    assert group["lr"] == -1.0  # nobody looked


def test_adam_20_seven_keys_and_the_step():
    p = parameter()
    p.grad = torch.ones_like(p)
    optimizer = torch.optim.Adam([p])
    optimizer.step()
    old = copy.deepcopy(optimizer.state_dict())
    group = old["param_groups"][0]
    old["param_groups"][0] = {k: group[k] for k in ("params", "lr", "betas", "eps", "weight_decay")}
    old["state"][0]["step"] = 1
    heir = torch.optim.Adam([p])
    heir.load_state_dict(old)
    filled = set(heir.param_groups[0]) - set(old["param_groups"][0])
    assert filled == set(SETTINGS) - {"lr", "betas", "eps", "weight_decay"} and len(filled) == 7
    assert isinstance(heir.state[p]["step"], torch.Tensor) and heir.state[p]["step"] == 1


class Bare(torch.optim.Adam):
    __setstate__ = torch.optim.Optimizer.__setstate__


def test_adam_21_param_groups_keep_the_setting_and_setdefault_loses_it():
    kept = pickle.loads(pickle.dumps(Bare([parameter()], amsgrad=True)))
    assert kept.param_groups[0]["amsgrad"] is True
    heir = Bare([parameter()])
    heir.load_state_dict(Bare([parameter()], amsgrad=True).state_dict())
    assert heir.param_groups[0]["amsgrad"] is True

    old = torch.optim.Adam([parameter()], amsgrad=True).state_dict()
    del old["param_groups"][0]["amsgrad"]
    heir = torch.optim.Adam([parameter()], amsgrad=True)
    heir.load_state_dict(old)
    assert heir.param_groups[0]["amsgrad"] is False


def test_adam_22_the_closure_runs_with_gradients():
    p = parameter(3.0)
    optimizer = torch.optim.Adam([p], lr=0.1)
    modes = []

    def closure():
        modes.append(torch.is_grad_enabled())
        optimizer.zero_grad()
        loss = (p**2).sum()
        loss.backward()
        return loss

    with torch.no_grad():
        assert optimizer.step(closure).item() == 9.0
    assert modes == [True]
    assert p.requires_grad and p.is_leaf and p._version == 1


def test_adam_23_no_gradient_no_state():
    a, b = parameter(), parameter()
    a.grad = torch.ones_like(a)
    optimizer = torch.optim.Adam([a, b])
    optimizer.step()
    assert set(optimizer.state) == {a}
    assert b.eq(1).all()


def test_adam_24_sparse_gradients_are_refused():
    table = torch.nn.Embedding(4, 2, sparse=True)
    table(torch.tensor([1])).sum().backward()
    with pytest.raises(RuntimeError) as caught:
        torch.optim.Adam(table.parameters()).step()
    assert str(caught.value) == (
        "Adam does not support sparse gradients, please consider SparseAdam instead"
    )


def test_adam_25_the_note_s_state_is_never_made():
    p = parameter()
    p.grad = torch.ones_like(p)
    with pytest.raises(KeyError, match="exp_avg"):
        NoteAdam([p]).step()
    optimizer = torch.optim.Adam([p], amsgrad=True)
    assert not optimizer.state
    optimizer.step()
    assert set(optimizer.state[p]) == {"step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq"}


def test_adam_26_the_note_s_bookkeeping():
    text = inspect.getsource(SOURCE)
    assert "state_sums" not in text
    adagrad = inspect.getsource(importlib.import_module("torch.optim.adagrad"))
    assert "state_sums" in adagrad
    params = [parameter(1.0, 1.0), parameter(1.0, 1.0)]
    optimizer = NoteAdam(params)
    optimizer.make_state()
    optimizer.appends_after_the_loop = True
    for p in params:
        p.grad = torch.ones_like(p)
    with pytest.raises(IndexError):  # one average in the list, two parameters to update
        optimizer.step()
    optimizer.appends_after_the_loop = False
    assert optimizer.step(lambda: 1.0) is None
    assert torch.optim.Adam(params).step(lambda: 1.0) == 1.0


def test_adam_27_how_much_too_long_the_note_s_steps_are():
    p = parameter(0.0)
    optimizer = NoteAdam([p], lr=1.0)
    optimizer.make_state()
    p.grad = torch.ones_like(p)
    places = [0.0]
    for _ in range(5000):
        optimizer.step()
        places.append(-p.item())
    ratio = torch.tensor(places, dtype=torch.float64).diff()  # Adam's steps are 1
    t = torch.arange(1, 5001, dtype=torch.float64)
    assert_close(ratio, (1 - 0.9**t) / (1 - 0.999**t).sqrt(), rtol=1e-6, atol=0)
    assert round(ratio[0].item(), 2) == 3.16
    assert round(ratio.max().item(), 2) == 6.57 and ratio.argmax() + 1 == 12
    assert (ratio > 1.01).nonzero().max() + 1 == 3924
    assert first_step(torch.optim.Adam, 1.0) == pytest.approx(1.0)


def test_adam_28_the_note_s_averages_are_torch_s():
    torch.manual_seed(0)
    p, q = parameter(1.0, 1.0), parameter(1.0, 1.0)
    note, theirs = NoteAdam([p]), torch.optim.Adam([q])
    note.make_state()
    for _ in range(20):
        p.grad = torch.randn(2, dtype=torch.float64)
        q.grad = p.grad.clone()
        note.step()
        theirs.step()
    for key in ("exp_avg", "exp_avg_sq"):
        assert_close(note.state[p][key], theirs.state[q][key], rtol=1e-12, atol=0)
    assert isinstance(theirs.state[q]["step"], torch.Tensor)
    assert theirs.state[q]["step"].shape == ()


def test_adam_30_eps_is_compared_with_the_corrected_root():
    eps = 1e-8
    assert first_step(torch.optim.Adam, eps) == pytest.approx(0.5)
    assert first_step(NoteAdam, eps) == pytest.approx(0.097, abs=5e-4)
    before = eps / (eps + eps / math.sqrt(0.001))  # corrected, but eps added to the raw root
    assert before == pytest.approx(0.031, abs=5e-4)


def test_adam_32_addcdiv_is_in_place():
    p, m, denom = torch.ones(2), torch.tensor([1.0, 2.0]), torch.tensor([2.0, 4.0])
    assert p.addcdiv_(m, denom, value=-0.5) is p
    assert p.tolist() == [0.75, 0.75]


def test_adam_33_the_update_needs_the_hats():
    def valley(w):
        return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2

    start = torch.tensor([-1.0, 2.0], dtype=torch.float64)
    w = torch.nn.Parameter(start.clone())
    optimizer = torch.optim.Adam([w], lr=0.01)
    for _ in range(50):
        optimizer.zero_grad()
        valley(w).backward()
        optimizer.step()
    off = {}
    for hats in (True, False):
        theta, m, v = start, torch.zeros(2).double(), torch.zeros(2).double()
        for t in range(1, 51):
            g = torch.func.grad(valley)(theta)
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g**2
            m_hat, v_hat = (m / (1 - 0.9**t), v / (1 - 0.999**t)) if hats else (m, v)
            theta = theta - 0.01 * m_hat / (v_hat.sqrt() + 1e-8)
        off[hats] = (theta - w.detach()).abs().max().item()
    assert off[True] < 1e-12 and off[False] > 0.01
