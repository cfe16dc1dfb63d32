"""1/2: takes every step: right, and far too slow for millions."""


def epochs_needed(hessian, error, lr, tol):
    if error.norm() <= tol:
        return 0
    if lr >= 2 / torch.linalg.eigvalsh(hessian)[-1]:
        return None
    k = 0
    while error.norm() > tol:
        error = error - lr * hessian @ error
        k += 1
    return k
