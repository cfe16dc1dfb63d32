"""0/2: trusts the smallest eigenvalue to be the slow one, also just below the bound."""

import math


def epochs_needed(hessian, error, lr, tol):
    if error.norm() <= tol:
        return 0
    lam, V = torch.linalg.eigh(hessian)
    if lr >= 2 / lam[-1]:
        return None
    share = abs((V[:, 0] @ error).item())
    return math.ceil(math.log(tol / share) / math.log(abs(1 - lr * lam[0].item())))
