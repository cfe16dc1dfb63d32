"""1/2: returns the last step that is not near enough; of 8 million steps, one does not matter."""


def epochs_needed(hessian, error, lr, tol):
    lam, V = torch.linalg.eigh(hessian)
    c, f = V.T @ error, (1 - lr * lam).abs()
    if c.norm() <= tol:
        return 0
    if f.max() >= 1:
        return None
    high = 1
    while (f**high * c).norm() > tol:
        high *= 2
    low = high // 2
    while high - low > 1:
        k = (low + high) // 2
        low, high = (low, k) if (f**k * c).norm() <= tol else (k, high)
    return low
