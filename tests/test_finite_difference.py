"""The central difference, against closed forms."""

import pytest
import torch

from torchnotes.finite_difference import directional_difference


def cubes(x):
    return torch.stack([x.sum() ** 3, (x**3).sum()])


def cubes_jacobian(x):  # (2, n)
    return torch.stack([torch.full_like(x, 3 * x.sum() ** 2), 3 * x**2])


def test_is_j_times_u():
    x, u = torch.tensor([0.3, -0.7, 1.1]).double(), torch.tensor([1.0, 0.5, -0.2]).double()
    found = directional_difference(cubes, x, u)
    torch.testing.assert_close(found, cubes_jacobian(x) @ u, rtol=1e-9, atol=1e-9)


def test_error_of_a_cubic_is_h_squared():
    """(x + h)**3 - (x - h)**3 = 2 h (3 x**2 + h**2), exactly: no one-sided difference."""
    x, one = torch.tensor(2.0).double(), torch.tensor(1.0).double()
    for h in (0.5, 0.25, 0.125):
        assert directional_difference(lambda t: t**3, x, one, h).item() == 12 + h**2


def test_float32_is_raised_to_float64():
    x = torch.tensor([1.0, 2.0])
    found = directional_difference(torch.exp, x, torch.ones(2))
    assert found.dtype == torch.float64
    torch.testing.assert_close(found, x.double().exp(), rtol=1e-9, atol=0)


def test_leaves_x_alone():
    x = torch.tensor([0.1, 0.2, 0.3], requires_grad=True)
    before = x.detach().clone()
    found = directional_difference(lambda t: (t**2).sum(), x, torch.ones(3))
    assert torch.equal(x, before)
    assert x.grad is None
    assert x.requires_grad
    assert not found.requires_grad


def test_the_shape_of_x_is_free_and_u_must_have_it():
    x = torch.arange(6.0).reshape(2, 3)
    assert directional_difference(lambda t: t.sum(), x, torch.ones(2, 3)).shape == ()
    with pytest.raises(ValueError, match=r"u has the shape \(3,\), x has \(2, 3\)"):
        directional_difference(lambda t: t.sum(), x, torch.ones(3))
