"""Claims GRAD-36 to GRAD-50: gradient descent on a parabola and on a line."""

import math

import pytest
import torch
from torch.autograd.functional import hessian

from torchnotes.descent import gradient_descent

EXPLODING = """\
Epoch [10/100], Loss: 3020.7896
Epoch [20/100], Loss: 1550043.3750
Epoch [30/100], Loss: 795369408.0000
Epoch [40/100], Loss: 408125767680.0000
Epoch [50/100], Loss: 209420457869312.0000
Epoch [60/100], Loss: 107459239932329984.0000
Epoch [70/100], Loss: 55140217861896667136.0000
Epoch [80/100], Loss: 28293929961149737992192.0000
Epoch [90/100], Loss: 14518387713533614273593344.0000
Epoch [100/100], Loss: 7449779870375595263567855616.0000
a: -33038608105472.0, b: -9151163924480.0"""

CONVERGING = """\
Epoch [10/100], Loss: 0.0965
Epoch [20/100], Loss: 0.0110
Epoch [30/100], Loss: 0.0099
Epoch [40/100], Loss: 0.0092
Epoch [50/100], Loss: 0.0086
Epoch [60/100], Loss: 0.0081
Epoch [70/100], Loss: 0.0075
Epoch [80/100], Loss: 0.0071
Epoch [90/100], Loss: 0.0066
Epoch [100/100], Loss: 0.0062
a: 1.9492162466049194, b: 1.1833451986312866"""

END_OF_500 = """\
Epoch [440/500], Loss: 0.0006
Epoch [450/500], Loss: 0.0006
Epoch [460/500], Loss: 0.0005
Epoch [470/500], Loss: 0.0005
Epoch [480/500], Loss: 0.0005
Epoch [490/500], Loss: 0.0004
Epoch [500/500], Loss: 0.0004
a: 1.986896276473999, b: 1.0473089218139648"""

X = torch.tensor([1, 2, 3, 4, 5], dtype=torch.float)
Y = torch.tensor([3, 5, 7, 9, 11], dtype=torch.float)
H = [[22.0, 6.0], [6.0, 2.0]]


def parabola_run():
    """The note's loop on x**2: x, and the pairs that it logs."""
    x = torch.tensor([3.0], requires_grad=True, dtype=torch.float)
    pairs = []
    for _ in range(50):
        y = x**2
        if x.grad is not None:
            x.grad.zero_()
        y.backward()
        with torch.no_grad():
            x -= 0.1 * x.grad
        pairs.append((x.item(), y.item()))
    return x, pairs


def line_run(lr, epochs):
    """The note's fit, as it prints it; and every loss."""
    a = torch.tensor([1], dtype=torch.float, requires_grad=True)
    b = torch.tensor([1], dtype=torch.float, requires_grad=True)
    lines, losses = [], []
    for epoch in range(epochs):
        loss = ((a * X + b - Y) ** 2).mean()
        if a.grad is not None and b.grad is not None:
            a.grad.zero_()
            b.grad.zero_()
        loss.backward()
        with torch.no_grad():
            a -= lr * a.grad
            b -= lr * b.grad
        losses.append(loss.item())
        if (epoch + 1) % 10 == 0:
            lines.append(f"Epoch [{epoch + 1}/{epochs}], Loss: {loss.item():.4f}")
    lines.append(f"a: {a.item()}, b: {b.item()}")
    return lines, losses, a.item(), b.item()


def mse(w):
    return ((w[0] * X.to(w.dtype) + w[1] - Y.to(w.dtype)) ** 2).mean()


@pytest.fixture
def x():
    """A leaf with its gradient, before the step."""
    x = torch.tensor([3.0], requires_grad=True)
    (x**2).backward()
    return x


def test_grad_36_descent_follows_powers_of_0_8():
    x, pairs = parabola_run()
    assert x.item() == pytest.approx(3 * 0.8**50, rel=1e-5)
    assert f"{x.item():.2e}" == "4.28e-05"
    assert [p[0] for p in pairs] == pytest.approx([3 * 0.8**k for k in range(1, 51)], rel=1e-5)


def test_grad_36_the_plotted_grid_misses_the_minimum():
    grid = torch.linspace(-10, 10, 100)
    assert (grid**2).min() > 0.01


def test_grad_37_the_logged_pairs_lie_on_another_parabola():
    _, pairs = parabola_run()
    assert pairs[0] == pytest.approx((2.4, 9.0))
    for x, y in pairs:
        assert y == pytest.approx((x / 0.8) ** 2, rel=1e-5)
        assert y != pytest.approx(x**2, rel=0.1)


def test_grad_38_without_no_grad_the_step_is_refused(x):
    with pytest.raises(RuntimeError) as error:
        x -= 0.1 * x.grad
    expected = "a leaf Variable that requires grad is being used in an in-place operation."
    assert str(error.value) == expected


def test_grad_38_views_of_leaves_are_refused_and_results_are_not(x):
    with pytest.raises(RuntimeError, match="a view of a leaf Variable that requires grad"):
        x[0] -= 1
    result = x * 2
    result -= 1
    assert result.item() == 5


def test_grad_39_method_1_is_in_place(x):
    before, memory, version = x, x.data_ptr(), x._version
    with torch.no_grad():
        x -= 0.1 * x.grad
    assert x is before
    assert x.data_ptr() == memory
    assert x._version == version + 1
    assert x.is_leaf


def test_grad_40_data_and_detach_write_to_the_same_memory(x):
    memory = x.data_ptr()
    x.data -= 0.1 * x.grad
    assert (x._version, x.data_ptr()) == (0, memory)
    x.detach().sub_(0.1 * x.grad)
    assert (x._version, x.data_ptr()) == (1, memory)
    assert x.item() == pytest.approx(3 - 2 * 0.6)


def test_grad_40_not_every_operation_on_data_is_in_place(x):
    assert (x.data + 1).data_ptr() != x.data_ptr()
    assert x.item() == 3
    with pytest.raises(SyntaxError):
        compile("x.detach() -= 1", "update", "exec")


def test_grad_41_inside_no_grad_the_new_x_is_a_leaf_without_gradient(x):
    with torch.no_grad():
        x = x - 0.1 * x.grad
    assert x.is_leaf
    assert not x.requires_grad
    with pytest.raises(RuntimeError) as error:
        (x**2).backward()
    expected = "element 0 of tensors does not require grad and does not have a grad_fn"
    assert str(error.value) == expected


def test_grad_41_outside_it_is_no_leaf_and_the_error_is_another(x):
    x = x - 0.1 * x.grad
    assert not x.is_leaf
    (x**2).backward()  # nothing to complain about yet
    with pytest.warns(UserWarning, match="not a leaf"):
        grad = x.grad
    assert grad is None
    with pytest.raises(TypeError, match="'float' and 'NoneType'"):
        0.1 * grad


def test_grad_42_sgd_takes_the_same_steps():
    _, pairs = parabola_run()
    x = torch.tensor([3.0], requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=0.1)
    visited = []
    for _ in range(50):
        optimizer.zero_grad()
        (x**2).backward()
        optimizer.step()
        visited.append(x.item())
    assert visited == pytest.approx([p[0] for p in pairs], rel=1e-6)


def test_grad_43_the_data_is_no_node_and_not_everything_is_recorded():
    a = torch.tensor(1.0, requires_grad=True)
    b = torch.tensor(1.0, requires_grad=True)
    product, edge_b = (edge[0] for edge in (a * X + b).grad_fn.next_functions)
    assert edge_b.variable is b
    assert [source and source.variable for source, _ in product.next_functions] == [a, None]
    assert (X * Y).grad_fn is None
    with torch.no_grad():
        assert (a * X).grad_fn is None


def test_grad_44_the_chain_rule_gives_autograds_gradient():
    a = torch.tensor(1.0, requires_grad=True)
    b = torch.tensor(1.0, requires_grad=True)
    y_pred = a * X + b
    y_pred.retain_grad()
    ((y_pred - Y) ** 2).mean().backward()
    points = list(zip(X.tolist(), Y.tolist(), strict=True))
    dy = [2 / 5 * ((1 * x + 1) - y) for x, y in points]
    assert y_pred.grad.tolist() == pytest.approx(dy)
    assert a.grad.item() == pytest.approx(sum(d * x for d, (x, _) in zip(dy, points, strict=True)))
    assert (a.grad.item(), b.grad.item()) == pytest.approx((-22, -6))
    assert sum(dy) == pytest.approx(-6)


def test_grad_45_lr_0_1_prints_the_notes_lines():
    lines, *_ = line_run(0.1, 100)
    assert "\n".join(lines) == EXPLODING


def test_grad_46_the_bound_and_the_growth_follow_from_the_hessian():
    w = torch.ones(2, dtype=torch.float64)
    assert hessian(mse, w).tolist() == H
    largest = 12 + math.sqrt(12**2 - (22 * 2 - 6 * 6))  # of a 2 x 2 matrix
    bound = 2 / largest
    assert round(bound, 4) == 0.0845
    predicted = (1 - 0.1 * largest) ** 20
    assert round(predicted) == 513
    _, losses, *_ = line_run(0.1, 100)
    for k in range(9, 90, 10):
        assert losses[k + 10] / losses[k] == pytest.approx(predicted, rel=1e-4)
    for lr, converges in [(0.99 * bound, True), (1.01 * bound, False)]:
        path = gradient_descent(mse, w, lr, 2000)
        assert (mse(path[-1]) < mse(path[0])).item() is converges


def test_grad_47_lr_0_01_prints_the_notes_lines():
    lines, *_ = line_run(0.01, 100)
    assert "\n".join(lines) == CONVERGING


def test_grad_48_after_100_epochs_b_is_off_by_18_percent():
    *_, a, b = line_run(0.01, 100)
    assert abs(a / 2 - 1) == pytest.approx(0.025, abs=0.001)
    assert abs(b - 1) == pytest.approx(0.183, abs=0.001)


def test_grad_49_500_epochs_end_with_the_notes_lines():
    lines, *_ = line_run(0.01, 500)
    assert "\n".join(lines[-8:]) == END_OF_500


def test_grad_50_b_is_far_from_1_and_the_slow_mode_says_why():
    *_, b = line_run(0.01, 500)
    assert b - 1 == pytest.approx(0.047, abs=0.001)
    smallest = 12 - math.sqrt(12**2 - (22 * 2 - 6 * 6))
    slow = 1 - 0.01 * smallest
    assert round(slow, 4) == 0.9966
    path = gradient_descent(mse, torch.ones(2, dtype=torch.float64), 0.01, 3000)
    off = path[:, 1] - 1
    assert off[501] / off[500] == pytest.approx(slow, rel=1e-6)
    more = (off[500:] > 1e-4).sum().item()
    assert more == math.ceil(math.log(1e-4 / off[500].item()) / math.log(slow))
    assert 1780 < more < 1850
