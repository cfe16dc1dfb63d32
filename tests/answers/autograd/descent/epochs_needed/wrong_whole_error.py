"""0/2: shrinks the whole error by the worst factor, without splitting it into shares."""

import math


def epochs_needed(hessian, error, lr, tol):
    norm = error.norm().item()
    if norm <= tol:
        return 0
    worst = (1 - lr * torch.linalg.eigvalsh(hessian)).abs().max().item()
    if worst >= 1:
        return None
    return math.ceil(math.log(tol / norm) / math.log(worst))
