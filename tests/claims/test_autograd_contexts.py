"""Claims GRAD-27 to GRAD-35: gradient contexts, accumulation, zeroing."""

import threading

import pytest
import torch

from torchnotes.contexts import SavedBytes

FIRST = [1.0, 2.0, 5.3]
SECOND_BACKWARD = (
    "Trying to backward through the graph a second time (or directly access saved tensors after "
    "they have already been freed). Saved intermediate values of the graph are freed when you call "
    ".backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the "
    "graph a second time or if you need to access saved tensors after calling backward."
)


@pytest.fixture
def x():
    return torch.tensor(FIRST, requires_grad=True)


def polynomial(x):
    return x**2 + 2 * x + 7


def chain(op, length=10):
    h = torch.linspace(-1, 1, 1000).requires_grad_()
    for _ in range(length):
        h = op(h)
    return h


def test_grad_27_memory():
    with SavedBytes() as saved:
        h = chain(torch.sin)
    assert saved.now == 40_000 and h.requires_grad
    with SavedBytes() as saved, torch.no_grad():
        chain(torch.sin)
    assert saved.now == 0


def test_grad_27_depends_on_the_operation():
    with SavedBytes() as saved:
        h = chain(lambda h: h + 3)
    assert saved.now == 0 and h.requires_grad


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_grad_28(mode):
    x = torch.tensor(10.5, requires_grad=True)
    assert x.requires_grad
    assert (x**2 + 2 * x + 3).requires_grad
    with mode():
        assert not (x**2 + 2 * x + 3).requires_grad

    @mode()
    def y_fn(x):
        return x**2 + 2 * x + 3

    assert not y_fn(x).requires_grad
    assert torch.is_grad_enabled()


def test_grad_28_inference_mode_is_stricter(x):
    with torch.no_grad():
        constant = 2 * x
    (x * constant).sum().backward()
    assert torch.equal(x.grad, constant)  # 2x, where 2 * x**2 has the derivative 4x
    with torch.inference_mode():
        marked = 2 * x
    with pytest.raises(RuntimeError, match="Inference tensors cannot be saved for backward"):
        x * marked
    assert (x + marked).requires_grad  # refused only where it would have to be saved


@pytest.fixture
def tracking_off():
    torch.set_grad_enabled(False)
    yield
    torch.set_grad_enabled(True)


def test_grad_29_never_comes_back(x, tracking_off):
    for _ in range(2):
        with pytest.raises(RuntimeError, match="does not require grad"):
            polynomial(x).sum().backward()
    elsewhere = []
    thread = threading.Thread(target=lambda: elsewhere.append(torch.is_grad_enabled()))
    thread.start()
    thread.join()
    assert elsewhere == [True]  # the switch is the thread's, not the process's


def test_grad_29_earlier_graphs_still_work(x):
    y = polynomial(x).sum()
    torch.set_grad_enabled(False)
    try:
        y.backward()
    finally:
        torch.set_grad_enabled(True)
    assert x.grad is not None


def test_grad_29_as_a_context_it_comes_back(x):
    with pytest.raises(ValueError), torch.set_grad_enabled(False):
        assert not polynomial(x).requires_grad
        raise ValueError
    assert polynomial(x).requires_grad


def test_grad_30(x):
    printed = []
    for _ in range(3):
        polynomial(x).mean().backward()
        printed.append(str(x.grad))
    assert printed == [
        "tensor([1.3333, 2.0000, 4.2000])",
        "tensor([2.6667, 4.0000, 8.4000])",
        "tensor([ 4.0000,  6.0000, 12.6000])",
    ]


def test_grad_31(x):
    y = polynomial(x)
    y.mean().backward()
    assert str(x.grad) == "tensor([1.3333, 2.0000, 4.2000])"
    with pytest.raises(RuntimeError) as caught:
        y.mean().backward()
    assert str(caught.value) == SECOND_BACKWARD


def test_grad_32(x):
    y = x + 3
    for _ in range(2):
        y.sum().backward()  # an addition saves nothing
    assert x.grad.tolist() == [2.0, 2.0, 2.0]
    y = polynomial(x)
    for _ in range(2):
        y.sum().backward(retain_graph=True)


def test_grad_33(x):
    with SavedBytes() as saved:
        y = polynomial(x)
        after_forward = saved.now
        y.sum().backward()
    assert after_forward == x.nbytes
    assert saved.now == 0


def test_grad_34():
    torch.manual_seed(0)
    model = torch.nn.Linear(4, 1, dtype=torch.float64)
    x, y = torch.randn(8, 4, dtype=torch.float64), torch.randn(8, 1, dtype=torch.float64)

    def gradient(sizes, factors):
        model.zero_grad()
        for part, target, factor in zip(x.split(sizes), y.split(sizes), factors, strict=True):
            (factor * torch.nn.functional.mse_loss(model(part), target)).backward()
        return model.weight.grad

    whole = gradient([8], [1])
    torch.testing.assert_close(gradient([2] * 4, [1 / 4] * 4), whole)
    torch.testing.assert_close(gradient([3, 3, 2], [3 / 8, 3 / 8, 2 / 8]), whole)
    assert not torch.allclose(gradient([3, 3, 2], [1 / 3] * 3), whole, rtol=1e-3)


def test_grad_34_a_weight_used_twice(x):
    (x * 2 + x * 3).sum().backward()
    assert x.grad.tolist() == [5.0, 5.0, 5.0]


@pytest.mark.parametrize("when", ["before backward", "after use"])
def test_grad_35(x, when):
    printed = []
    for _ in range(3):
        if when == "before backward" and x.grad is not None:
            x.grad.zero_()
        polynomial(x).mean().backward()
        printed.append(str(x.grad))
        if when == "after use":
            x.grad.zero_()
    assert printed == ["tensor([1.3333, 2.0000, 4.2000])"] * 3
