"""1/2: torch.autograd.functional.jacobian, imported beforehand; the second cell sees who calls f."""

from torch.autograd.functional import jacobian as _jacobian


def jacobian(f, x):
    return _jacobian(f, x.detach()).detach()
