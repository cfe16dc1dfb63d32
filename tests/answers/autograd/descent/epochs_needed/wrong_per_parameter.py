"""0/2: asks each parameter to be near, instead of the distance."""


def epochs_needed(hessian, error, lr, tol):
    lam, V = torch.linalg.eigh(hessian)
    c, f = V.T @ error, 1 - lr * lam
    if c.norm() <= tol:
        return 0
    if f.abs().max() >= 1:
        return None

    def near(k):
        return (V @ (f**k * c)).abs().max() <= tol

    high = 1
    while not near(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        k = (low + high) // 2
        low, high = (low, k) if near(k) else (k, high)
    return high
