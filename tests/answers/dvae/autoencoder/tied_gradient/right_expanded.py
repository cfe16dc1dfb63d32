"""2/2: multiplied out, bracketed so that nothing of size D by D appears."""


def tied_gradient(X, W):
    Z = X @ W
    small = W.T @ W  # (k, k)
    return 2 / X.shape[0] * (W @ (Z.T @ Z) + X.T @ (Z @ small) - 2 * (X.T @ Z))
