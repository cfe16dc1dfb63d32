"""2/2: bisects between 0 and a bound from the slowest factor."""

import math


def epochs_needed(hessian, error, lr, tol):
    norm = error.norm().item()
    if norm <= tol:
        return 0
    lam, V = torch.linalg.eigh(hessian)
    f = (1 - lr * lam).abs().tolist()
    c = (V.T @ error).tolist()
    if max(f) >= 1:
        return None
    worst = max(f)
    low, high = 0, 2 + (math.ceil(math.log(tol / norm) / math.log(worst)) if worst > 0 else 0)
    while low < high:
        k = (low + high) // 2
        if math.sqrt(sum((ci * fi**k) ** 2 for ci, fi in zip(c, f))) <= tol:
            high = k
        else:
            low = k + 1
    return low
