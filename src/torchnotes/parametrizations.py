"""Weights that obey a constraint because of how they are computed."""

import torch
from torch import Tensor, nn


class Rotation(nn.Module):
    """Cayley's map from any square matrix to a rotation: a parametrization.

    What ``X`` holds above its diagonal makes a skew-symmetric ``A``. Whatever it is,
    ``(I - A)^-1 (I + A)`` is orthogonal. All rotations are reached except those that
    turn some direction by half a turn (an eigenvalue of -1).
    """

    def forward(self, X: Tensor) -> Tensor:  # (n, n) -> (n, n)
        A = X.triu(1)
        A = A - A.mT  # skew-symmetric: A.mT == -A
        eye = torch.eye(len(X), dtype=X.dtype, device=X.device)
        return torch.linalg.solve(eye - A, eye + A)

    def right_inverse(self, Q: Tensor) -> Tensor:
        """Return an ``X`` with ``forward(X) == Q``.

        Raises:
            ValueError: ``Q`` is no rotation, or has an eigenvalue of -1.
        """
        eye = torch.eye(len(Q), dtype=Q.dtype, device=Q.device)
        if not torch.allclose(Q.mT @ Q, eye, atol=1e-4):
            raise ValueError("not a rotation: Q.T @ Q is not the identity")
        if torch.linalg.svdvals(eye + Q).min() < 1e-3:
            raise ValueError("Q has an eigenvalue of -1 (a reflection, or half a turn)")
        return torch.linalg.solve(eye + Q, Q - eye).triu(1)
