"""0/2: doubles k and stops there."""


def epochs_needed(hessian, error, lr, tol):
    lam, V = torch.linalg.eigh(hessian)
    c, f = V.T @ error, (1 - lr * lam).abs()
    if c.norm() <= tol:
        return 0
    if f.max() >= 1:
        return None
    k = 1
    while (f**k * c).norm() > tol:
        k *= 2
    return k
