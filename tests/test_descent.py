"""Gradient descent against closed forms: on a quadratic loss every step is known in advance."""

import pytest
import torch
from torch.testing import assert_close

from torchnotes import device
from torchnotes.descent import curvatures, gradient_descent

H = torch.tensor([[22.0, 6.0], [6.0, 2.0]], dtype=torch.float64)
W_STAR = torch.tensor([2.0, 1.0], dtype=torch.float64)
START = torch.ones(2, dtype=torch.float64)


def bowl(w):
    """A quadratic with Hessian ``H`` and its minimum, 0, at ``W_STAR``."""
    e = w - W_STAR
    return 0.5 * e @ H @ e


def test_the_parabola_shrinks_by_a_constant_factor():
    start = torch.tensor(3.0, device=device())
    path = gradient_descent(lambda x: x**2, start, lr=0.1, steps=50)
    assert path.shape == (51,)
    assert path.device.type == device().type
    assert_close(path.cpu(), 3 * 0.8 ** torch.arange(51.0, device="cpu"), rtol=1e-4, atol=0)


@pytest.mark.parametrize("lr", [0.01, 0.08, 0.1])
def test_a_quadratic_follows_the_powers_of_its_step_matrix(lr):
    path = gradient_descent(bowl, START, lr, steps=30)
    step = torch.eye(2, dtype=torch.float64) - lr * H
    for k in (0, 1, 2, 17, 30):
        expected = W_STAR + torch.linalg.matrix_power(step, k) @ (START - W_STAR)
        assert_close(path[k], expected)


def test_the_trajectory_equals_that_of_torch_sgd():
    torch.manual_seed(0)
    w = torch.randn(4, 3, dtype=torch.float64)

    def loss_fn(w):
        return w.sin().sum() + (w**4).mean()

    path = gradient_descent(loss_fn, w, lr=0.05, steps=20)
    parameter = torch.nn.Parameter(w.clone())
    optimizer = torch.optim.SGD([parameter], lr=0.05)
    for k in range(21):
        assert_close(path[k], parameter.detach())
        optimizer.zero_grad()
        loss_fn(parameter).backward()
        optimizer.step()


@pytest.mark.parametrize("requires_grad", [False, True])
def test_the_start_stays_untouched_and_the_path_is_no_part_of_a_graph(requires_grad):
    start = torch.tensor([1.0, 2.0], requires_grad=requires_grad)
    path = gradient_descent(lambda w: (w**2).sum(), start, lr=0.1, steps=3)
    assert start.tolist() == [1.0, 2.0]
    assert start.grad is None
    assert start.requires_grad is requires_grad
    assert not path.requires_grad
    path.zero_()
    assert start.tolist() == [1.0, 2.0]


def test_no_steps_give_the_start():
    path = gradient_descent(bowl, START, lr=0.1, steps=0)
    assert torch.equal(path, START.unsqueeze(0))


def test_curvatures_rebuild_the_hessian():
    eigenvalues, vectors = curvatures(bowl, START)
    assert eigenvalues[0] < eigenvalues[1]
    assert_close(vectors @ eigenvalues.diag() @ vectors.T, H)
    # a 2 x 2 matrix: the eigenvalues are those of the quadratic formula
    mean, product = (22 + 2) / 2, 22 * 2 - 6 * 6
    root = (mean**2 - product) ** 0.5
    assert_close(eigenvalues, torch.tensor([mean - root, mean + root], dtype=torch.float64))


def test_the_bound_separates_convergence_from_divergence():
    eigenvalues, _ = curvatures(bowl, START)
    bound = 2 / eigenvalues.max().item()
    below = gradient_descent(bowl, START, 0.999 * bound, steps=4000)
    above = gradient_descent(bowl, START, 1.001 * bound, steps=4000)
    assert (below[-1] - W_STAR).norm() < 1e-3
    assert (above[-1] - W_STAR).norm() > 1e2
