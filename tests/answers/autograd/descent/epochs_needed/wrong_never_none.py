"""1/2: has no answer for a rate that diverges."""


def epochs_needed(hessian, error, lr, tol):
    lam, V = torch.linalg.eigh(hessian)
    c, f = V.T @ error, (1 - lr * lam).abs()
    high = 1
    if c.norm() <= tol:
        return 0
    while (f**high * c).norm() > tol:
        high *= 2
        if high > 2**60:
            return high
    low = high // 2
    while high - low > 1:
        k = (low + high) // 2
        low, high = (low, k) if (f**k * c).norm() <= tol else (k, high)
    return high
