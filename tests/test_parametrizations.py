"""Rotations against their definition, a plane rotation by hand, and finite differences."""

import math

import pytest
import torch
from torch import nn
from torch.nn.utils import parametrize

from torchnotes import device
from torchnotes.parametrizations import Rotation

F64 = torch.float64


@pytest.mark.parametrize("n", [1, 2, 3, 8, 33])
def test_forward_is_a_rotation_whatever_it_is_given(n):
    torch.manual_seed(n)
    Q = Rotation()(3 * torch.randn(n, n, dtype=F64))
    torch.testing.assert_close(Q.T @ Q, torch.eye(n, dtype=F64))
    assert torch.det(Q).item() == pytest.approx(1)


@pytest.mark.parametrize("angle", [-3.0, -1.0, 0.0, 0.5, 2.0])
def test_in_the_plane_it_is_the_rotation_by_twice_the_arc_tangent(angle):
    X = torch.zeros(2, 2, dtype=F64)
    X[0, 1] = -math.tan(angle / 2)
    c, s = math.cos(angle), math.sin(angle)
    torch.testing.assert_close(Rotation()(X), torch.tensor([[c, -s], [s, c]], dtype=F64))


def test_only_the_part_above_the_diagonal_counts():
    torch.manual_seed(0)
    X = torch.randn(4, 4, dtype=F64, requires_grad=True)
    torch.testing.assert_close(Rotation()(X), Rotation()(X.triu(1)))
    Rotation()(X).square().cumsum(0).sum().backward()
    assert X.grad.tril().abs().max() == 0
    assert (X.grad[0, 1:] != 0).any()


def test_right_inverse_leads_back():
    torch.manual_seed(0)
    X = torch.randn(6, 6, dtype=F64)
    torch.testing.assert_close(Rotation().right_inverse(Rotation()(X)), X.triu(1))
    Q = torch.linalg.matrix_exp(X - X.T)  # a rotation from elsewhere
    torch.testing.assert_close(Rotation()(Rotation().right_inverse(Q)), Q)


@pytest.mark.parametrize(
    ("Q", "message"),
    [
        (2 * torch.eye(3), "identity"),
        (torch.ones(2, 2), "identity"),
        (torch.diag(torch.tensor([1.0, 1.0, -1.0])), "eigenvalue"),  # a reflection
        (torch.diag(torch.tensor([1.0, -1.0, -1.0])), "eigenvalue"),  # half a turn
    ],
)
def test_right_inverse_refuses_what_it_cannot_reach(Q, message):
    with pytest.raises(ValueError, match=message):
        Rotation().right_inverse(Q)


def test_gradient():
    torch.manual_seed(0)
    X = torch.randn(4, 4, dtype=F64, requires_grad=True)
    assert torch.autograd.gradcheck(Rotation(), X)


def test_as_a_parametrization_it_starts_from_the_weight_and_survives_training():
    torch.manual_seed(0)
    layer = nn.Linear(5, 5, bias=False).to(device())
    nn.init.eye_(layer.weight)
    parametrize.register_parametrization(layer, "weight", Rotation())
    torch.testing.assert_close(layer.weight.detach().cpu(), torch.eye(5, device="cpu"))
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.5)
    for _ in range(20):
        optimizer.zero_grad()
        layer(torch.randn(8, 5, device=device())).pow(3).sum().backward()
        optimizer.step()
    weight = layer.weight.detach().cpu()
    assert (weight - torch.eye(5)).abs().max() > 0.1
    torch.testing.assert_close(weight.T @ weight, torch.eye(5), atol=1e-4, rtol=0)
