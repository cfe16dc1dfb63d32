"""A reverse-mode automatic differentiation engine in NumPy: the idea of torch.autograd in one file.

An operation computes a value and keeps, for each input that needs a gradient, one function: the
vector-Jacobian product (vjp), g -> g @ d(value)/d(input). `backward` walks the record from the
result to the leaves and calls every vjp once (Griewank & Walther 2008, ch. 3; Baydin et al. 2018,
sec. 3.2). Modelled on micrograd (Karpathy 2020), but for arrays and with PyTorch's names. The vjps
work on plain arrays, so there are first derivatives only.
"""

import contextlib
import contextvars
import copy
import functools

import numpy as np

# ---- The record: which tensors an operation came from, and its vjps ----------------------------

grad_enabled = contextvars.ContextVar("grad_enabled", default=True)  # one per thread, as in torch


@contextlib.contextmanager
def no_grad():
    """Record nothing inside this context, or inside a function decorated with `@no_grad()`."""
    token = grad_enabled.set(False)
    try:
        yield
    finally:
        grad_enabled.reset(token)


class Node:
    """How a tensor was computed: the operation's name and its edges, a (parent, vjp) pair each.

    No cycle and no __del__: with its last tensor a graph goes at once, and CPython takes apart even
    a very long chain of lists and tuples without nesting one deallocation per step.
    """

    def __init__(self, name, edges):
        self.name, self.edges = name, edges

    def __repr__(self):
        return f"<{self.name}>"


def operation(forward):
    """Turn `forward(*arrays, **constants) -> (value, *vjps)` into an operation on tensors.

    Positional arguments are tensors or what can become one, keyword arguments are constants. Arrays
    decide the floating dtype of the result and numbers follow: 2 * float32 stays float32.
    """

    @functools.wraps(forward)
    def apply(*args, **constants):
        arrays = [a for a in args if isinstance(a, Tensor | np.ndarray)]
        floats = [a.dtype for a in arrays if a.dtype.kind == "f"]
        dtype = np.result_type(*floats) if floats else None
        tensors = [a if isinstance(a, Tensor) else Tensor(a, dtype=dtype) for a in args]
        value, *vjps = forward(*(t.data for t in tensors), **constants)
        pairs = zip(tensors, vjps, strict=True)
        edges = [(t, vjp) for t, vjp in pairs if t.requires_grad and vjp is not None]
        node = Node(forward.__name__.strip("_"), edges) if edges and grad_enabled.get() else None
        return Tensor._wrap(np.asarray(value, dtype=dtype), node)

    return apply


def unbroadcast(g, shape):
    """Sum g over the axes along which `shape` was broadcast: the transpose of broadcasting."""
    if g.shape == shape:
        return g
    g = g.sum(axis=tuple(range(g.ndim - len(shape))))  # axes that broadcasting put in front
    stretched = tuple(i for i, n in enumerate(shape) if n == 1)
    return g.sum(axis=stretched, keepdims=True)


# ---- Operations on two arrays, which broadcast (backward calls unbroadcast on every vjp) -------
# Each returns its value, then one vjp per array: g has the value's shape, and what the vjp returns
# has the argument's shape, or one that unbroadcast sums down to it.


@operation
def add(x, y):
    return x + y, lambda g: g, lambda g: g


@operation
def sub(x, y):
    return x - y, lambda g: g, lambda g: -g


@operation
def mul(x, y):
    return x * y, lambda g: g * y, lambda g: g * x


@operation
def div(x, y):
    value = x / y
    return value, lambda g: g / y, lambda g: -g * value / y


@operation
def power(x, y):
    """x ** y. Where a formula says 0 * inf, x's at y = 0 and y's at x = 0, the gradient is 0."""
    value = x**y
    return (
        value,
        lambda g: g * y * x ** np.where(y == 0, 1, y - 1),
        lambda g: g * value * np.log(np.where(x == 0, 1, x)),
    )


@operation
def matmul(x, y):
    """x @ y: (..., n, k) @ (..., k, m). A vector (k,) is a row on the left, a column right."""
    row, column = x.ndim == 1, y.ndim == 1
    X = x[None, :] if row else x  # (..., n, k)
    Y = y[:, None] if column else y  # (..., k, m)

    def full(g):  # (..., n, m), whichever of n and m the product dropped
        g = g[..., None] if column else g
        return g[..., None, :] if row else g

    def vjp_y(g):
        product = np.swapaxes(X, -1, -2) @ full(g)  # (..., k, m)
        return product[..., 0] if column else product

    return x @ y, lambda g: full(g) @ np.swapaxes(Y, -1, -2), vjp_y


@operation
def where(condition, x, y):
    """x where the boolean array `condition` holds, else y. None: no gradient for the condition."""
    value = np.where(condition, x, y)
    return value, None, lambda g: np.where(condition, g, 0), lambda g: np.where(condition, 0, g)


# ---- Operations on one array, element by element -----------------------------------------------


@operation
def neg(x):
    return -x, lambda g: -g


@operation
def exp(x):
    value = np.exp(x)
    return value, lambda g: g * value


@operation
def log(x):
    return np.log(x), lambda g: g / x


@operation
def tanh(x):
    value = np.tanh(x)
    return value, lambda g: g * (1 - value**2)


@operation
def relu(x):
    """max(x, 0); the gradient at 0 is 0."""
    return np.maximum(x, 0), lambda g: g * (x > 0)


@operation
def sigmoid(x):
    small = np.exp(-np.abs(x))  # at most 1, so that no x overflows
    value = np.where(x >= 0, 1, small) / (1 + small)
    return value, lambda g: g * value * (1 - value)


# ---- Reductions over `axis`: None, a number or a tuple -----------------------------------------


def restore(g, axis, keepdims):
    """Give g back, with length 1, the axes that a reduction over `axis` removed."""
    return g if keepdims or axis is None else np.expand_dims(g, axis)


@operation
def sum_over(x, *, axis=None, keepdims=False):
    value = x.sum(axis=axis, keepdims=keepdims)
    return value, lambda g: np.broadcast_to(restore(g, axis, keepdims), x.shape)


@operation
def amax(x, *, axis=None, keepdims=False):
    """The maximum. Elements that tie for it share its gradient equally, as in torch.amax."""
    value = x.max(axis=axis, keepdims=keepdims)

    def vjp(g):
        ties = x == restore(value, axis, keepdims)
        return restore(g, axis, keepdims) * ties / ties.sum(axis=axis, keepdims=True)

    return value, vjp


@operation
def logsumexp(x, *, axis=-1, keepdims=False):
    """log(sum(exp(x))), shifted by the maximum so that no exponential overflows."""
    top = x.max(axis=axis, keepdims=True)
    exps = np.exp(x - top)
    total = exps.sum(axis=axis, keepdims=True)
    value = top + np.log(total)
    return (
        value if keepdims else value.squeeze(axis),
        lambda g: restore(g, axis, keepdims) * exps / total,  # g times softmax(x)
    )


# ---- Operations that only move elements --------------------------------------------------------


@operation
def reshape(x, *, shape):
    return x.reshape(shape), lambda g: g.reshape(x.shape)


@operation
def permute(x, *, axes):
    """Axis i of the result is axis axes[i] of x."""
    back = np.argsort([axis % x.ndim for axis in axes])
    return x.transpose(axes), lambda g: g.transpose(back)


@operation
def getitem(x, *, index):
    def vjp(g):
        out = np.zeros(x.shape, g.dtype)
        np.add.at(out, index, g)  # not out[index] = g: an element taken twice gets both gradients
        return out

    return x[index], vjp


@operation
def _concatenate(*xs, axis):
    ends = np.cumsum([x.shape[axis] for x in xs])
    pieces = [slice(end - x.shape[axis], end) for x, end in zip(xs, ends, strict=True)]
    vjps = [lambda g, piece=p: g.swapaxes(0, axis)[piece].swapaxes(0, axis) for p in pieces]
    return np.concatenate(xs, axis), *vjps


# ---- The tensor and its backward ---------------------------------------------------------------


def reflected(function):
    """The operator for a tensor on the right: 2 - x calls x.__rsub__(2)."""
    return lambda self, other: function(other, self)


class Tensor:
    """An array that knows where it came from.

    `data` is any array-like of real numbers and is copied; `requires_grad` needs a floating dtype.
    `backward` leaves `grad`, an array of the same shape, on the leaves that require it and on
    results after `retain_grad()`. All data is read-only, so that a vjp works on what its operation
    saw: a leaf can only get new data as a whole, `p.data = p.data - lr * p.grad` under `no_grad()`.
    Compare `x.data`: == between tensors is identity.
    """

    __array_ufunc__ = None  # ndarray + tensor calls tensor.__radd__ instead of adding one by one
    grad = grad_fn = None
    requires_grad = retains_grad = False

    def __init__(self, data, requires_grad=False, dtype=None):
        array = np.array(data.data if isinstance(data, Tensor) else data)
        if array.dtype.kind not in "biuf":
            raise TypeError(f"a Tensor holds real numbers, got dtype {array.dtype}: {data!r:.60}")
        array = array if dtype is None else array.astype(dtype)
        if requires_grad and array.dtype.kind != "f":
            raise RuntimeError(
                f"only Tensors of floating point dtype can require gradients, not {array.dtype}: "
                "pass dtype=np.float64"
            )
        array.flags.writeable = False
        self._data, self.requires_grad = array, requires_grad

    @classmethod
    def _wrap(cls, array, grad_fn=None):
        """A tensor around an array that nobody else can write, so without a copy."""
        tensor = cls.__new__(cls)
        array.flags.writeable = False
        tensor._data, tensor.grad_fn, tensor.requires_grad = array, grad_fn, grad_fn is not None
        return tensor

    data = property(lambda self: self._data)
    shape = property(lambda self: self._data.shape)
    ndim = property(lambda self: self._data.ndim)
    size = property(lambda self: self._data.size)
    dtype = property(lambda self: self._data.dtype)
    is_leaf = property(lambda self: self.grad_fn is None)
    T = property(lambda self: permute(self, axes=range(self.ndim)[::-1]))

    @data.setter
    def data(self, value):
        if not self.is_leaf or (self.requires_grad and grad_enabled.get()):
            raise RuntimeError(
                "only a leaf can get new data, and one that requires grad only inside no_grad(): "
                "with no_grad(): p.data = p.data - lr * p.grad"
            )
        array = np.array(value, dtype=self.dtype)
        if array.shape != self.shape:
            raise ValueError(f"new data has shape {array.shape}, the tensor has {self.shape}")
        array.flags.writeable = False
        self._data = array

    def __repr__(self):
        state = f", grad_fn={self.grad_fn}" if self.grad_fn else ", requires_grad=True"
        return f"Tensor({self.data}{state if self.requires_grad else ''})"

    def item(self):
        return self.data.item()

    def detach(self):
        """The same data as a leaf that requires no gradient."""
        return Tensor._wrap(self.data)

    def retain_grad(self):
        """Keep `grad` although this is not a leaf."""
        if not self.requires_grad:
            raise RuntimeError("can't retain_grad on a Tensor that has requires_grad=False")
        self.retains_grad = True

    def backward(self, gradient=None, retain_graph=False):
        """Add d(self)/d(leaf), weighted by `gradient` (self's shape), to every leaf's `grad`.

        A scalar needs no `gradient`. The graph is freed unless `retain_graph`.
        """
        if not self.requires_grad:
            raise RuntimeError(
                "this tensor does not require grad and does not have a grad_fn: create a leaf with "
                "requires_grad=True, and compute outside no_grad()"
            )
        if gradient is None and self.size != 1:
            raise RuntimeError(
                "grad can be implicitly created only for scalar outputs, and this one has shape "
                f"{self.shape}: reduce it with sum() or mean(), or pass gradient="
            )
        g = np.ones(self.shape) if gradient is None else Tensor(gradient).data
        if g.shape != self.shape:
            raise RuntimeError(
                f"gradient has shape {g.shape}, but the tensor has shape {self.shape}: "
                "pass one number for each element"
            )
        order = list(topological_order(self))
        grads = {self: g.astype(self.dtype)}
        for tensor in order:
            g = grads.pop(tensor)  # complete: everything that used this tensor has added its part
            if tensor.is_leaf or tensor.retains_grad:
                tensor.grad = np.array(g if tensor.grad is None else tensor.grad + g)
            for parent, vjp in edges_of(tensor):
                part = np.asarray(unbroadcast(vjp(g), parent.shape), dtype=parent.dtype)
                grads[parent] = grads[parent] + part if parent in grads else part
        for node in (tensor.grad_fn for tensor in order if not (retain_graph or tensor.is_leaf)):
            node.edges = None  # the arrays that the vjps hold can go, even if the tensor stays

    __add__, __radd__ = add, reflected(add)
    __sub__, __rsub__ = sub, reflected(sub)
    __mul__, __rmul__ = mul, reflected(mul)
    __truediv__, __rtruediv__ = div, reflected(div)
    __pow__, __rpow__ = power, reflected(power)
    __matmul__, __rmatmul__ = matmul, reflected(matmul)
    __neg__ = neg
    exp, log, tanh, relu, sigmoid = exp, log, tanh, relu, sigmoid

    def sum(self, axis=None, keepdims=False):
        return sum_over(self, axis=axis, keepdims=keepdims)

    def mean(self, axis=None, keepdims=False):
        return mean(self, axis=axis, keepdims=keepdims)

    def amax(self, axis=None, keepdims=False):
        return amax(self, axis=axis, keepdims=keepdims)

    def reshape(self, *shape):
        return reshape(self, shape=shape)

    def permute(self, *axes):
        return permute(self, axes=axes)

    def __iter__(self):
        return (self[i] for i in range(len(self.data)))

    def __getitem__(self, index):
        parts = index if isinstance(index, tuple) else (index,)
        # copy: the caller may change an index array before backward uses it
        parts = tuple(p.data if isinstance(p, Tensor) else copy.copy(p) for p in parts)
        return getitem(self, index=parts)


def edges_of(tensor):
    """The (parent, vjp) pairs of a tensor; none for a leaf, an error if backward has freed them."""
    if tensor.is_leaf:
        return ()
    if tensor.grad_fn.edges is None:
        raise RuntimeError(
            "Trying to backward through the graph a second time, but backward has freed it: pass "
            "retain_graph=True the first time, or compute the result again"
        )
    return tensor.grad_fn.edges


def topological_order(root):
    """Yield every tensor that root came from, each one after all that use it (Kahn 1962).

    A loop with a list of its own, not recursion: Python stops at 1,000 nested calls, graphs do not.
    """
    uses = {root: 0}  # how many edges lead to a tensor from tensors that were not yielded yet
    found = [root]
    while found:
        for parent, _ in edges_of(found.pop()):
            if parent not in uses:
                uses[parent] = 0
                found.append(parent)
            uses[parent] += 1
    ready = [root]
    while ready:
        tensor = ready.pop()
        yield tensor
        for parent, _ in edges_of(tensor):
            uses[parent] -= 1
            if uses[parent] == 0:
                ready.append(parent)


# ---- What is built from these operations -------------------------------------------------------


def mean(x, axis=None, keepdims=False):
    total = sum_over(x, axis=axis, keepdims=keepdims)
    return total / (x.size / max(total.size, 1))


def concatenate(tensors, axis=0):
    """Join tensors along an axis that they have."""
    return _concatenate(*tensors, axis=axis)


def stack(tensors, axis=0):
    """Join tensors of one shape along a new axis."""
    return concatenate(
        [reshape(t, shape=np.expand_dims(t.data, axis).shape) for t in tensors], axis
    )


def log_softmax(x, axis=-1):
    x = x - x.data.max(axis=axis, keepdims=True)  # the same function, but small numbers to subtract
    return x - logsumexp(x, axis=axis, keepdims=True)


def cross_entropy(logits, targets):
    """Mean of -log softmax(logits)[target]: logits (N, C), targets (N,) whole numbers below C."""
    targets = np.asarray(targets)
    N, C = logits.shape
    if targets.shape != (N,) or targets.dtype.kind not in "iu":
        raise ValueError(f"targets must be {N} whole numbers, not {targets.dtype}{targets.shape}")
    if targets.min() < 0 or targets.max() >= C:
        raise ValueError(f"targets must lie in 0..{C - 1}: there are {C} logits in a row")
    return -mean(log_softmax(logits)[np.arange(N), targets])


def linear(x, weight, bias):
    """x (..., n), weight (m, n), bias (m,) -> (..., m), laid out as in torch.nn.Linear."""
    return x @ weight.T + bias


def sgd_step(params, lr):
    """p <- p - lr * p.grad for every parameter that has a gradient, which is then forgotten."""
    with no_grad():
        for p in params:
            if p.grad is not None:
                p.data = p.data - lr * p.grad
                p.grad = None
