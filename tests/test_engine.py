"""torchnotes.engine against two independent truths: torch.autograd and finite differences."""

import gc
import subprocess
import sys
import threading
import weakref
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from torchnotes import engine
from torchnotes.engine import Tensor, no_grad

property_test = settings(
    deadline=None,
    derandomize=True,  # the same examples on every run
    max_examples=40,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
seeds = st.integers(0, 2**16)
TOLERANCE = {np.float64: 1e-12, np.float32: 1e-5}

# ---- Inputs ------------------------------------------------------------------------------------


def spaced(seed, shape, low=-2.0, high=2.0):
    """Distinct values in (low, high), none of them 0: no kink and no tie within a difference."""
    n = int(np.prod(shape))
    steps = np.random.default_rng(seed).permutation(n) + 0.45
    return (low + (high - low) * steps / max(n, 1)).reshape(shape)


def positive(seed, shape):
    return spaced(seed, shape, 0.3, 2.0)


def nonzero(seed, shape):
    """Of both signs, at least 0.3 away from 0."""
    return positive(seed, shape) * np.random.default_rng(seed).choice([-1, 1], size=shape)


def shapes(min_dims=0, min_side=0):
    return hnp.array_shapes(min_dims=min_dims, max_dims=3, min_side=min_side, max_side=4)


def broadcastable(n, min_side=0):
    """n shapes that broadcast with each other, (), (1, 4) and (3, 1) among them."""
    shapes = hnp.mutually_broadcastable_shapes(
        num_shapes=n, max_dims=3, min_side=min_side, max_side=4
    )
    return shapes.map(lambda result: result.input_shapes)


# ---- The comparison ----------------------------------------------------------------------------


def finite_differences(function, arrays, g, h=1e-5):
    """d(sum(g * function(*arrays))) / d(each array) by central differences, element by element."""
    gradients = []
    for array in arrays:
        gradient = np.zeros(array.shape)
        for i in np.ndindex(array.shape):
            middle = array[i]
            array[i] = middle + h
            above = (g * function(*arrays)).sum()
            array[i] = middle - h
            below = (g * function(*arrays)).sum()
            array[i] = middle
            gradient[i] = (above - below) / (2 * h)
        gradients.append(gradient)
    return gradients


def compare(ours, theirs, arrays, differences=True):
    """Values, dtypes and gradients of `ours` equal those of `theirs`, and finite differences."""
    for dtype, tolerance in TOLERANCE.items():
        xs = [Tensor(a, requires_grad=True, dtype=dtype) for a in arrays]
        ts = [torch.tensor(a.astype(dtype), requires_grad=True) for a in arrays]
        value, expected = ours(*xs), theirs(*ts)
        assert value.shape == tuple(expected.shape)
        assert value.dtype == dtype
        np.testing.assert_allclose(value.data, expected.detach().numpy(), tolerance, tolerance)

        g = np.random.default_rng(7).normal(size=value.shape).astype(dtype)
        value.backward(g)
        expected.backward(torch.tensor(g))
        for x, t in zip(xs, ts, strict=True):
            assert isinstance(x.grad, np.ndarray)
            assert (x.grad.shape, x.grad.dtype) == (x.shape, dtype)
            np.testing.assert_allclose(x.grad, t.grad.numpy(), tolerance, tolerance)
        if dtype is np.float64 and differences:
            estimates = finite_differences(
                lambda *arrays: ours(*map(Tensor, arrays)).data, [np.array(a) for a in arrays], g
            )
            for x, estimate in zip(xs, estimates, strict=True):
                np.testing.assert_allclose(x.grad, estimate, 1e-7, 1e-7)


# ---- Every operation ---------------------------------------------------------------------------

UNARY = {  # name: (ours, torch's, inputs)
    "neg": (lambda x: -x, torch.neg, spaced),
    "exp": (engine.exp, torch.exp, spaced),
    "log": (engine.log, torch.log, positive),
    "tanh": (engine.tanh, torch.tanh, spaced),
    "relu": (engine.relu, torch.relu, spaced),
    "sigmoid": (engine.sigmoid, torch.sigmoid, spaced),
    "square": (lambda x: x**2, lambda t: t**2, spaced),
    "cube": (lambda x: x**3, lambda t: t**3, spaced),
    "to the 0": (lambda x: x**0, lambda t: t**0, spaced),
    "reciprocal": (lambda x: x**-1, lambda t: t**-1, nonzero),
    "root": (lambda x: x**0.5, lambda t: t**0.5, positive),
    "power of 3": (lambda x: 3**x, lambda t: 3**t, spaced),
    "2 - x": (lambda x: 2 - x, lambda t: 2 - t, spaced),
    "2 / x": (lambda x: 2 / x, lambda t: 2 / t, nonzero),
    "x * 2.5 + 1": (lambda x: x * 2.5 + 1, lambda t: t * 2.5 + 1, spaced),
    "methods": (
        lambda x: x.exp().tanh().sigmoid().relu().log(),
        lambda t: t.exp().tanh().sigmoid().relu().log(),
        spaced,
    ),
    "sum": (lambda x: x.sum(), torch.sum, spaced),
    "T": (lambda x: x.T, lambda t: t.permute(list(range(t.ndim))[::-1]), spaced),
}
BINARY = {  # name: (ours, torch's, inputs of the left, inputs of the right)
    "add": (lambda x, y: x + y, torch.add, spaced, spaced),
    "sub": (lambda x, y: x - y, torch.sub, spaced, spaced),
    "mul": (lambda x, y: x * y, torch.mul, spaced, spaced),
    "div": (lambda x, y: x / y, torch.div, spaced, nonzero),
    "power": (lambda x, y: x**y, torch.pow, positive, spaced),
}


@pytest.mark.parametrize("name", UNARY)
@property_test
@given(shape=shapes(), seed=seeds)
def test_unary(name, shape, seed):
    ours, theirs, inputs = UNARY[name]
    compare(ours, theirs, [inputs(seed, shape)])


@pytest.mark.parametrize("name", BINARY)
@property_test
@given(shapes=broadcastable(2), seed=seeds)
def test_binary_broadcasts(name, shapes, seed):
    ours, theirs, *inputs = BINARY[name]
    left, right = (f(seed + f_i, s) for f_i, (f, s) in enumerate(zip(inputs, shapes, strict=True)))
    compare(ours, theirs, [left, right])


@property_test
@given(shapes=broadcastable(3), seed=seeds)
def test_where_broadcasts(shapes, seed):
    condition = spaced(seed, shapes[0]) > 0
    compare(
        lambda x, y: engine.where(condition, x, y),
        lambda t, u: torch.where(torch.tensor(condition), t, u),
        [spaced(seed + 1, shapes[1]), spaced(seed + 2, shapes[2])],
    )


@property_test
@given(
    shapes=hnp.mutually_broadcastable_shapes(
        signature="(n?,k),(k,m?)->(n?,m?)", max_dims=2, max_side=3
    ),
    seed=seeds,
)
def test_matmul_of_matrices_batches_and_vectors(shapes, seed):
    left, right = shapes.input_shapes
    compare(lambda x, y: x @ y, torch.matmul, [spaced(seed, left), spaced(seed + 1, right)])


@st.composite
def reductions(draw):
    """A shape, an axis (None, a number, or several) and keepdims."""
    shape = draw(shapes(min_dims=1, min_side=1))
    axes = hnp.valid_tuple_axes(len(shape), min_size=1)
    axis = draw(st.none() | st.integers(-len(shape), len(shape) - 1) | axes)
    return shape, axis, draw(st.booleans())


REDUCTIONS = {
    "sum": (lambda x, a, k: x.sum(a, k), torch.sum),
    "mean": (lambda x, a, k: x.mean(a, k), torch.mean),
    "amax": (lambda x, a, k: x.amax(a, k), torch.amax),
    "logsumexp": (lambda x, a, k: engine.logsumexp(x, axis=a, keepdims=k), torch.logsumexp),
}


@pytest.mark.parametrize("name", REDUCTIONS)
@property_test
@given(case=reductions(), seed=seeds)
def test_reduction(name, case, seed):
    shape, axis, keepdims = case
    ours, theirs = REDUCTIONS[name]
    dim = tuple(range(len(shape))) if axis is None else axis
    compare(
        lambda x: ours(x, axis, keepdims), lambda t: theirs(t, dim, keepdims), [spaced(seed, shape)]
    )


@property_test
@given(shape=shapes(), seed=seeds, data=st.data())
def test_permute_and_reshape(shape, seed, data):
    axes = data.draw(st.permutations(range(len(shape))))
    axes = [a - len(shape) if data.draw(st.booleans()) else a for a in axes]
    target = data.draw(st.permutations([*shape, 1]))
    compare(
        lambda x: x.permute(*axes).reshape(*target),
        lambda t: t.permute(axes).reshape(target),
        [spaced(seed, shape)],
    )


def index_of_both_kinds(shape):
    return st.one_of(
        hnp.basic_indices(shape, allow_newaxis=True),
        hnp.integer_array_indices(shape, result_shape=hnp.array_shapes(max_dims=2, max_side=4)),
        hnp.arrays(bool, shape),
        st.integers(-shape[0], shape[0] - 1),
        st.lists(st.integers(-shape[0], shape[0] - 1), min_size=1, max_size=5),
    )


@property_test
@given(shape=shapes(min_dims=1, min_side=1), seed=seeds, data=st.data())
def test_getitem(shape, seed, data):
    """torch lacks negative steps, so it gets the flat positions that NumPy's own indexing picks."""
    index = data.draw(index_of_both_kinds(shape))
    picked = torch.tensor(np.arange(np.prod(shape)).reshape(shape)[index])
    compare(lambda x: x[index], lambda t: t.reshape(-1)[picked], [spaced(seed, shape)])


@property_test
@given(shape=shapes(min_dims=1), lengths=st.lists(st.integers(0, 3), min_size=1), data=st.data())
def test_concatenate(shape, lengths, data):
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    sizes = [[n if i == axis % len(shape) else s for i, s in enumerate(shape)] for n in lengths]
    compare(
        lambda *xs: engine.concatenate(xs, axis),
        lambda *ts: torch.cat(ts, axis),
        [spaced(i, size) for i, size in enumerate(sizes)],
    )


@property_test
@given(shape=shapes(), n=st.integers(1, 3), seed=seeds, data=st.data())
def test_stack(shape, n, seed, data):
    axis = data.draw(st.integers(-len(shape) - 1, len(shape)))
    compare(
        lambda *xs: engine.stack(xs, axis),
        lambda *ts: torch.stack(ts, axis),
        [spaced(seed + i, shape) for i in range(n)],
    )


@property_test
@given(shape=shapes(min_dims=1, min_side=1), seed=seeds, data=st.data())
def test_log_softmax(shape, seed, data):
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    compare(
        lambda x: engine.log_softmax(x, axis),
        lambda t: torch.log_softmax(t, axis),
        [spaced(seed, shape)],
    )


@property_test
@given(N=st.integers(1, 5), C=st.integers(1, 4), seed=seeds)
def test_cross_entropy(N, C, seed):
    targets = np.random.default_rng(seed).integers(0, C, N)
    compare(
        lambda x: engine.cross_entropy(x, targets),
        lambda t: torch.nn.functional.cross_entropy(t, torch.tensor(targets)),
        [spaced(seed, (N, C))],
    )


@property_test
@given(batch=shapes(min_side=1), n=st.integers(1, 3), m=st.integers(1, 3), seed=seeds)
def test_linear(batch, n, m, seed):
    inputs = [spaced(seed + i, shape) for i, shape in enumerate([(*batch, n), (m, n), (m,)])]
    compare(engine.linear, torch.nn.functional.linear, inputs)


# ---- Where an operation has a corner -----------------------------------------------------------


@pytest.mark.parametrize("axis", [0, 1, (0, 1)])
def test_amax_ties_share_the_gradient_equally(axis):
    x = np.array([[3.0, 1.0, 3.0, 3.0], [3.0, 1.0, 0.0, 3.0]])
    # Finite differences have nothing to say here: a maximum has no derivative at a tie.
    compare(lambda x: x.amax(axis), lambda t: t.amax(axis), [x], differences=False)
    one = Tensor([5.0, 5.0, 1.0, 5.0], requires_grad=True)
    one.amax().backward()
    np.testing.assert_allclose(one.grad, [1 / 3, 1 / 3, 0, 1 / 3])


def test_relu_has_gradient_0_at_0():
    compare(lambda x: x.relu(), torch.relu, [np.array([0.0, -0.0, 1.0])], differences=False)


def test_getitem_gives_a_repeated_element_all_its_gradients():
    x = Tensor([1.0, 2.0, 3.0], requires_grad=True)
    x[np.array([0, 2, 0, 0])].backward(np.array([1.0, 10.0, 100.0, 1000.0]))
    np.testing.assert_array_equal(x.grad, [1101, 0, 10])


@pytest.mark.parametrize("exponent", [0, 1, 2, 0.0, 3.0])
def test_power_of_zero(exponent):
    """x ** 0 has gradient 0 at 0, not 0 * inf."""
    x = np.array([0.0, -1.5, 2.0])
    compare(lambda x: x**exponent, lambda t: t**exponent, [x], differences=False)


def test_power_with_a_tensor_exponent_at_zero():
    x, y = np.array([0.0, 0.0, 2.0]), np.array([0.0, 2.0, 0.0])
    compare(lambda x, y: x**y, torch.pow, [x, y], differences=False)


def test_large_arguments():
    x = np.array([[-1e3, 0.0, 1e3], [1e3, 1e3, -1e3]])
    for ours, theirs in [
        (engine.sigmoid, torch.sigmoid),
        (engine.tanh, torch.tanh),
        (engine.logsumexp, lambda t: t.logsumexp(-1)),
        (engine.log_softmax, lambda t: t.log_softmax(-1)),
        (
            lambda x: engine.cross_entropy(x, [0, 1]),
            lambda t: torch.nn.functional.cross_entropy(t, torch.tensor([0, 1])),
        ),
    ]:
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            compare(ours, theirs, [x], differences=False)
    small = engine.sigmoid(Tensor(-40.0)).item()
    assert small == pytest.approx(np.exp(-40), rel=1e-12)  # not 1 - 1 = 0


def test_logsumexp_where_log_2_is_lost_in_rounding():
    """log(2) + 1e30 is 1e30, but the two shares are still 1/2 and log_softmax still -log(2)."""
    x = Tensor([1e30, 1e30, 0.0], requires_grad=True)
    engine.logsumexp(x).backward()
    np.testing.assert_allclose(x.grad, [0.5, 0.5, 0])
    np.testing.assert_allclose(engine.log_softmax(x).data, [-np.log(2), -np.log(2), -1e30])


def test_where_takes_no_gradient_to_its_condition():
    x = Tensor([0.0, 2.0], requires_grad=True)
    engine.where(x, x, 1).sum().backward()
    np.testing.assert_array_equal(x.grad, [0, 1])


def test_getitem_by_a_tensor():
    x = Tensor([1.0, 2.0, 3.0], requires_grad=True)
    (x[Tensor([2, 2])] * x[Tensor([True, False, True])]).sum().backward()
    np.testing.assert_array_equal(x.grad, [3, 0, 1 + 3 + 3])


# ---- The graph ---------------------------------------------------------------------------------


def test_one_tensor_used_several_times():
    x = Tensor(3.0, requires_grad=True)
    (x * x + x).backward()
    assert x.grad == 7


def test_diamonds():
    """Both branches of each diamond must arrive before the gradient goes on."""

    def diamonds(x):
        a = x * 2
        b = a.exp()
        c = a + b * a  # a is used here, in b, and again below
        return (c * a - b / c).tanh() * c

    compare(diamonds, diamonds, [np.linspace(-0.9, 0.7, 5)])


def test_a_node_comes_once_and_after_all_that_use_it():
    """4,096 paths lead from y to x, through 37 tensors: a walk along the paths repeats them."""
    x = Tensor(1.0, requires_grad=True)
    y = x
    for _ in range(12):
        y = y * 0.5 + y.relu()
    order = list(engine.topological_order(y))
    place = {tensor: i for i, tensor in enumerate(order)}
    assert (order[0], order[-1], len(order), len(place)) == (y, x, 37, 37)
    for tensor in order:
        assert all(place[parent] > place[tensor] for parent, _ in engine.edges_of(tensor))
    y.backward()
    assert x.grad == 1.5**12


def test_one_tensor_as_both_operands():
    x = Tensor(1.0, requires_grad=True)
    y = x
    for _ in range(500):
        y = y + y
    y.backward()
    assert x.grad == 2.0**500


def test_a_shared_node_that_is_both_near_and_far():
    """The short edge to `a` reaches it first, the long way round is still to come."""
    x = Tensor(0.5, requires_grad=True)
    a = x * 3
    far = a
    for _ in range(10):
        far = far * 1.5
    for y in (a + far, far + a, a * far):
        x.grad = None
        y.backward(retain_graph=True)
        factor = 1.5**10
        expected = 2 * 9 * 0.5 * factor if y.grad_fn.name == "mul" else 3 * (1 + factor)
        assert x.grad == pytest.approx(expected, rel=1e-14)


CHAIN = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("engine", sys.argv[1])
engine = importlib.util.module_from_spec(spec)
spec.loader.exec_module(engine)
assert "torch" not in sys.modules

assert sys.getrecursionlimit() == 1000
x = engine.Tensor(2.0, requires_grad=True)
y = x
for i in range(100_000):
    y = y + 1 if i % 2 else -y
y.backward(retain_graph=True)
assert x.grad == 1.0, x.grad
del y  # the whole chain goes with it
print("done")
"""


def test_a_chain_of_100_000_operations():
    """Made, differentiated and deleted in its own process, which a stack overflow would end."""
    run = subprocess.run(
        [sys.executable, "-c", CHAIN, engine.__file__], capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == "done\n", run.stderr


def test_memory_goes_with_the_last_reference_and_with_backward():
    """No reference cycles: with the garbage collector off, the graph still goes at once."""
    x = Tensor(np.ones(3), requires_grad=True)
    gc.disable()
    try:
        middle = x.exp()
        seen = weakref.ref(middle)
        y = (middle * 2).sum()
        del middle
        assert seen() is not None  # the graph needs it
        y.backward()
        assert seen() is None  # backward has freed the graph, although y lives
        middle = x.exp()
        seen = weakref.ref(middle)
        y = (middle * 2).sum()
        del middle, y
        assert seen() is None
    finally:
        gc.enable()


# ---- A random expression, evaluated by both engines --------------------------------------------

RAMP = np.array([[0.31, -1.72, 0.93, 1.37], [-0.54, 1.11, -2.05, 0.07], [0.68, -0.23, 1.59, -0.91]])
MASK = RAMP > 0.2
OURS = SimpleNamespace(
    constant=Tensor,
    tanh=engine.tanh,
    where=lambda x, y: engine.where(MASK, x, y),
    amax=lambda x: x.amax(1, True),
    mean=lambda x: x.mean(0, True),
    sum=lambda x: x.sum((0, 1)),
    logsumexp=lambda x: engine.logsumexp(x, axis=-1, keepdims=True),
    cat=engine.concatenate,
    stack=engine.stack,
)
TORCHS = SimpleNamespace(
    constant=lambda a: torch.tensor(a),
    tanh=torch.tanh,
    where=lambda x, y: torch.where(torch.tensor(MASK), x, y),
    amax=lambda x: x.amax(1, True),
    mean=lambda x: x.mean(0, True),
    sum=lambda x: x.sum((0, 1)),
    logsumexp=lambda x: x.logsumexp(-1, True),
    cat=torch.cat,
    stack=torch.stack,
)


def full(F, x):
    """x as (3, 4), without exact zeros and ties, where the last bit of a tanh would decide."""
    return x + F.constant(RAMP)


# Every result broadcasts with (3, 4), so every result can be an operand of every step.
STEPS = {
    "add": lambda F, x, y: x + y,
    "sub": lambda F, x, y: x - y,
    "mul": lambda F, x, y: F.tanh(x) * y,  # tanh keeps a product of products small
    "square": lambda F, x, y: F.tanh(x) ** 2,
    "div": lambda F, x, y: x / (1 + y * y),
    "neg": lambda F, x, y: 1 - (-x),
    "exp": lambda F, x, y: F.tanh(x).exp(),
    "log": lambda F, x, y: (2 + x * x).log(),
    "sigmoid": lambda F, x, y: x.sigmoid() - y,
    "relu": lambda F, x, y: full(F, x).relu(),
    "power": lambda F, x, y: (2 + x * x) ** F.tanh(y),
    "matmul": lambda F, x, y: F.tanh(full(F, x) @ full(F, y).T @ full(F, x)),
    "vector": lambda F, x, y: F.tanh(full(F, x) @ full(F, y)[1]).reshape(3, 1),
    "sum": lambda F, x, y: F.tanh(F.sum(full(F, x))),
    "mean": lambda F, x, y: F.mean(full(F, x)),
    "amax": lambda F, x, y: F.amax(full(F, x)),
    "logsumexp": lambda F, x, y: F.logsumexp(full(F, x)),
    "getitem": lambda F, x, y: full(F, x)[[2, 0, 2]] * y,
    "slice": lambda F, x, y: full(F, x)[1:2, :] + full(F, y)[:, 2:3],
    "reshape": lambda F, x, y: full(F, x).reshape(4, 3).T,
    "where": lambda F, x, y: F.where(x, y),
    "cat": lambda F, x, y: F.cat([full(F, x)[:1], full(F, y)[1:]], 0),
    "stack": lambda F, x, y: F.stack([full(F, x), full(F, y)], 1)[:, 0],
}
step = st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 30), st.integers(0, 30))


def evaluate(F, leaves, steps):
    """Every tensor of the expression; the operands are counted back from the newest."""
    nodes = list(leaves)
    for name, i, j in steps:
        nodes.append(STEPS[name](F, nodes[-1 - i % len(nodes)], nodes[-1 - j % len(nodes)]))
        nodes[-1].retain_grad()
    return nodes


@settings(property_test, max_examples=150)
@given(steps=st.lists(step, min_size=15, max_size=25), seed=seeds)
def test_random_expression(steps, seed):
    """The gradients of all leaves and all intermediate results, also which of them are None."""
    arrays = [spaced(seed + i, shape) for i, shape in enumerate([(3, 4), (4,), (3, 1), ()])]
    ours = evaluate(OURS, [Tensor(a, requires_grad=True) for a in arrays], steps)
    theirs = evaluate(TORCHS, [torch.tensor(a, requires_grad=True) for a in arrays], steps)
    for nodes in (ours, theirs):
        (nodes[-1] * nodes[-2] + nodes[-3]).sum().backward()
    for x, t in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(x.data, t.detach().numpy(), 1e-11, 1e-11)
        assert (x.grad is None) == (t.grad is None)
        if x.grad is not None:
            scale = 1e-10 * (1 + np.abs(x.grad).max())
            np.testing.assert_allclose(x.grad, t.grad.numpy(), 0, scale)


# ---- backward: accumulating, freeing, keeping --------------------------------------------------


def test_two_backward_calls_accumulate():
    x = Tensor([1.0, 2.0], requires_grad=True)
    (x * 3).sum().backward()
    (x * x).sum().backward()
    np.testing.assert_array_equal(x.grad, [5, 7])


def test_retain_graph_allows_a_second_backward_that_adds_the_same_again():
    x = Tensor([1.0, 2.0], requires_grad=True)
    y = (x * x).sum()
    y.backward(retain_graph=True)
    np.testing.assert_array_equal(x.grad, [2, 4])
    y.backward()
    np.testing.assert_array_equal(x.grad, [4, 8])


def test_a_freed_graph_says_what_to_do_and_changes_nothing():
    x = Tensor([1.0, 2.0], requires_grad=True)
    shared = x.exp()
    first, second = shared.sum(), (shared * x).sum()
    first.backward()
    before = x.grad.copy()
    for y in (first, second):  # second is new, but a part of its graph is gone
        with pytest.raises(RuntimeError, match=r"a second time.*retain_graph=True"):
            y.backward()
        np.testing.assert_array_equal(x.grad, before)


def test_gradient_weights_the_elements():
    x = Tensor(np.ones((2, 3)), requires_grad=True)
    g = np.arange(6.0).reshape(2, 3)
    (x * 2).backward(g)
    np.testing.assert_array_equal(x.grad, 2 * g)
    y = Tensor(np.ones(1), requires_grad=True)
    (y * 2).backward(Tensor([5.0]))
    np.testing.assert_array_equal(y.grad, [10])
    (y * 2).backward()  # one element needs no gradient, whatever its shape
    np.testing.assert_array_equal(y.grad, [12])


def test_a_leaf_is_its_own_gradient():
    x = Tensor(2.0, requires_grad=True)
    x.backward()
    x.backward(np.array(3.0))
    assert x.grad == 4


def test_gradients_do_not_share_memory():
    """add hands the same array to both parents, and the caller keeps `gradient`."""
    x, y = Tensor(np.zeros(3), requires_grad=True), Tensor(np.zeros(3), requires_grad=True)
    g = np.ones(3)
    (x + y).backward(g)
    x.grad *= 0
    np.testing.assert_array_equal(y.grad, [1, 1, 1])
    np.testing.assert_array_equal(g, [1, 1, 1])
    x.grad = None
    x.sum().backward()  # a broadcast view would be read-only
    x.grad += 1
    np.testing.assert_array_equal(x.grad, [2, 2, 2])


def test_only_leaves_keep_grad_unless_retained():
    x = Tensor(2.0, requires_grad=True)
    constant = Tensor(5.0)
    dropped, kept = x * 3, x * 4
    kept.retain_grad()
    (dropped * kept * constant).backward()
    assert (x.is_leaf, constant.is_leaf, kept.is_leaf) == (True, True, False)
    assert dropped.grad is None
    assert constant.grad is None
    assert kept.grad == 30
    assert x.grad == 240


def test_requires_grad_spreads_from_the_inputs():
    x, c = Tensor(1.0, requires_grad=True), Tensor(2.0)
    assert (x * c).requires_grad
    assert not (c * c).requires_grad
    assert (c * c).is_leaf
    assert (x * c).grad_fn.name == "mul"
    assert [parent for parent, _ in (c * x).grad_fn.edges] == [x]
    assert "grad_fn=<mul>" in repr(x * c)
    assert "requires_grad=True" in repr(x)
    assert "requires_grad" not in repr(c)


def test_no_grad_records_nothing_and_ends():
    x = Tensor(2.0, requires_grad=True)
    with no_grad():
        y = x * x
        with no_grad():
            pass
        z = x * x  # still inside the outer one
    assert not y.requires_grad
    assert not z.requires_grad
    with pytest.raises(ZeroDivisionError), no_grad():
        _ = 1 / 0
    assert (x * x).requires_grad

    @no_grad()
    def decorated():
        return x * x

    assert not decorated().requires_grad
    assert not decorated().requires_grad
    assert (x * x).requires_grad


def test_no_grad_holds_in_its_own_thread_only():
    x, seen = Tensor(2.0, requires_grad=True), []
    with no_grad():
        thread = threading.Thread(target=lambda: seen.append((x * x).requires_grad))
        thread.start()
        thread.join()
    assert seen == [True]


def test_detach_cuts_the_graph():
    x = Tensor(3.0, requires_grad=True)
    y = x * x
    d = y.detach()
    assert (d.item(), d.requires_grad, d.is_leaf) == (9.0, False, True)
    (d * x).backward()
    assert x.grad == 9  # y counts as a constant
    y.backward()  # detaching y left y itself in its graph
    assert x.grad == 15


# ---- Errors ------------------------------------------------------------------------------------


def test_backward_needs_a_scalar_or_a_gradient_of_the_same_shape():
    x = Tensor(np.ones(3), requires_grad=True)
    y = x * 2
    with pytest.raises(
        RuntimeError, match="grad can be implicitly created only for scalar outputs"
    ):
        y.backward()
    for wrong in (np.ones(2), np.ones((1, 3)), 1.0, np.ones((3, 1))):
        with pytest.raises(RuntimeError, match=r"gradient has shape .* has shape \(3,\)"):
            y.backward(wrong)
    assert x.grad is None


def test_backward_of_a_constant():
    with pytest.raises(RuntimeError, match=r"does not require grad.*requires_grad=True"):
        (Tensor(1.0) * 2).backward()
    with pytest.raises(RuntimeError, match="can't retain_grad"):
        Tensor(1.0).retain_grad()


@pytest.mark.parametrize("data", [[1, 2], [True], np.arange(3)])
def test_only_floating_dtypes_require_grad(data):
    assert Tensor(data).dtype.kind in "bi"
    with pytest.raises(RuntimeError, match=r"only Tensors of floating point dtype.*np.float64"):
        Tensor(data, requires_grad=True)
    assert Tensor(data, requires_grad=True, dtype=np.float64).requires_grad


@pytest.mark.parametrize("data", [None, "a", [1j], [Tensor(1.0)], object()])
def test_only_real_numbers_make_a_tensor(data):
    with pytest.raises(TypeError, match="real numbers"):
        Tensor(data)
    with pytest.raises(TypeError, match="real numbers"):
        Tensor(1.0) + data


def test_iteration():
    x = Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    first, second = x
    (first * second).sum().backward()
    np.testing.assert_array_equal(x.grad, [[3, 4], [1, 2]])
    with pytest.raises(TypeError):  # and not an empty list
        list(Tensor(1.0))


@pytest.mark.parametrize(
    "targets", [[0, 3], [0, -1], [0], [[0], [1]], [0.0, 1.0], [True, False]], ids=str
)
def test_cross_entropy_refuses_targets_that_numpy_would_index_with(targets):
    """-1 would be the last class, (N, 1) would broadcast and booleans would be a mask."""
    with pytest.raises(ValueError, match="targets must"):
        engine.cross_entropy(Tensor(np.zeros((2, 3))), targets)


# ---- Data cannot change under the graph --------------------------------------------------------


def test_data_is_read_only():
    x = Tensor(np.ones(3), requires_grad=True)
    for tensor in (x, x * 2, x.reshape(3, 1), x[1:], x.detach(), x.sum()):
        with pytest.raises(ValueError, match="read-only"):
            tensor.data[...] = 0
    with pytest.raises(TypeError):
        x[0] = 1.0


def test_what_the_caller_does_to_his_arrays_does_not_matter():
    source, factor, index = np.ones(3), np.full(3, 2.0), np.array([0, 0])
    x = Tensor(source, requires_grad=True)
    y = (x * factor)[index]
    source[:] = factor[:] = 100
    index[:] = 2
    y.sum().backward()
    np.testing.assert_array_equal(x.data, [1, 1, 1])
    np.testing.assert_array_equal(x.grad, [4, 0, 0])


def test_new_data_between_forward_and_backward_does_not_reach_the_graph():
    x = Tensor(3.0, requires_grad=True)
    y = x * x
    with no_grad():
        x.data = 100.0
    y.backward()
    assert (x.grad, x.item()) == (6, 100)


def test_only_a_leaf_gets_new_data_and_under_no_grad():
    x = Tensor(np.ones(3, np.float32), requires_grad=True)
    with pytest.raises(RuntimeError, match="no_grad"):
        x.data = np.zeros(3)
    with no_grad():
        y = x * 2
        x.data = x.data - np.float64(0.5) * np.ones(3)
        with pytest.raises(ValueError, match="shape"):
            x.data = np.zeros(1)
    np.testing.assert_array_equal(x.data, [0.5, 0.5, 0.5])
    assert x.dtype == np.float32
    z = x * 2
    with pytest.raises(RuntimeError, match="only a leaf"), no_grad():
        z.data = np.zeros(3)
    y.data = np.zeros(3)  # a leaf that requires no gradient, at any time
    np.testing.assert_array_equal(y.data, [0, 0, 0])


# ---- Numbers, arrays and dtypes ----------------------------------------------------------------

OPERATORS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
}


@pytest.mark.parametrize("symbol", OPERATORS)
@pytest.mark.parametrize("shape", [(), (2,)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("number", [2, 2.5, True, np.float64(2.5), np.int64(2), np.float32(2.5)])
def test_numbers_take_the_tensors_dtype_on_both_sides(symbol, shape, dtype, number):
    operator, array = OPERATORS[symbol], np.full(shape, 1.5, dtype)
    x = Tensor(array, requires_grad=True)
    for ours, expected in (
        (operator(x, number), operator(1.5, float(number))),
        (operator(number, x), operator(float(number), 1.5)),
    ):
        assert isinstance(ours, Tensor)
        assert (ours.dtype, ours.shape) == (dtype, shape)
        np.testing.assert_allclose(ours.data, expected, 1e-6)
        ours.backward(np.ones(shape))
        assert x.grad.dtype == dtype


def test_numbers_compute_in_the_tensors_dtype():
    """To the last bit: not in float64 and rounded afterwards."""
    x = spaced(0, (1000,)).astype(np.float32)
    np.testing.assert_array_equal((Tensor(x) * 0.1).data, x * np.float32(0.1))
    assert (
        (Tensor(x, dtype=np.float64) * 0.1).data.astype(np.float32) != x * np.float32(0.1)
    ).any()


@pytest.mark.parametrize("symbol", [*OPERATORS, "@"])
def test_arrays_on_either_side(symbol):
    operator = OPERATORS.get(symbol, lambda a, b: a @ b)
    a, b = positive(0, (3, 3)), positive(1, (3, 3))
    for ours in (operator(Tensor(a), b), operator(a, Tensor(b))):
        assert isinstance(ours, Tensor)
        np.testing.assert_allclose(ours.data, operator(a, b))


def test_mixed_dtypes_widen_and_each_gradient_has_its_tensors_dtype():
    for shape in [(), (2,)]:
        x = Tensor(np.ones(shape, np.float32), requires_grad=True)
        y = Tensor(np.ones(shape), requires_grad=True)
        z = x * y
        assert z.dtype == np.float64
        z.backward(np.ones(shape))
        assert (x.grad.dtype, y.grad.dtype) == (np.float32, np.float64)


def test_integers_do_not_widen_float32():
    x = Tensor(np.ones(2, np.float32), requires_grad=True)
    assert (x * np.arange(2)).dtype == np.float32
    assert (x * Tensor([1, 2])).dtype == np.float32
    assert (Tensor([1, 2]) + 1).dtype == np.int64


@pytest.mark.parametrize(
    "shape, target",
    [
        ((2, 3), (2, 3)),
        ((2, 3), (3,)),
        ((2, 3), (1, 3)),
        ((2, 3), (2, 1)),
        ((2, 3), ()),
        ((1, 3), (3,)),
        ((0, 3), (1, 3)),
        ((4, 2, 3), (2, 1)),
        ((4, 2, 3), (1, 1, 1)),
    ],
)
def test_unbroadcast_is_the_transpose_of_broadcasting(shape, target):
    """<broadcast(x), g> = <x, unbroadcast(g)> for all x and g."""
    rng = np.random.default_rng(0)
    x, g = rng.normal(size=target), rng.normal(size=shape)
    back = engine.unbroadcast(g, target)
    assert back.shape == target
    np.testing.assert_allclose((np.broadcast_to(x, shape) * g).sum(), (x * back).sum())


# ---- Training ----------------------------------------------------------------------------------


def test_sgd_step():
    p, unused = Tensor([1.0, 2.0], requires_grad=True), Tensor(5.0, requires_grad=True)
    (p * p).sum().backward()
    engine.sgd_step([p, unused], lr=0.25)
    np.testing.assert_array_equal(p.data, [0.5, 1.0])
    assert (p.grad, unused.item()) == (None, 5.0)
    assert p.requires_grad
    assert p.is_leaf


def test_50_steps_of_a_small_network_equal_torchs():
    rng = np.random.default_rng(0)
    images, labels = rng.normal(size=(50, 20, 12)), rng.integers(0, 5, size=(50, 20))
    start = [rng.normal(size=s) * 0.5 for s in [(16, 12), (16,), (8, 16), (8,), (5, 8), (5,)]]
    ours = [Tensor(a, requires_grad=True) for a in start]
    theirs = [torch.tensor(a, requires_grad=True) for a in start]
    optimizer = torch.optim.SGD(theirs, lr=0.3)
    linear = torch.nn.functional.linear
    for x, y in zip(images, labels, strict=True):
        hidden = engine.linear(x, *ours[:2]).relu()
        loss = engine.cross_entropy(
            engine.linear(engine.linear(hidden, *ours[2:4]).tanh(), *ours[4:]), y
        )
        loss.backward()
        engine.sgd_step(ours, lr=0.3)

        hidden = linear(torch.tensor(x), *theirs[:2]).relu()
        logits = linear(linear(hidden, *theirs[2:4]).tanh(), *theirs[4:])
        expected = torch.nn.functional.cross_entropy(logits, torch.tensor(y))
        optimizer.zero_grad()
        expected.backward()
        optimizer.step()
        assert loss.item() == pytest.approx(expected.item(), rel=1e-10)
    for p, q, first in zip(ours, theirs, start, strict=True):
        np.testing.assert_allclose(p.data, q.detach().numpy(), 1e-10, 1e-10)
        assert np.abs(p.data - first).max() > 0.1  # the 50 steps went somewhere
