"""1/2: torch.func.jacrev does the work; the second cell sees who calls f."""

from torch.func import jacrev


def jacobian(f, x):
    return jacrev(f)(x.detach()).detach()
