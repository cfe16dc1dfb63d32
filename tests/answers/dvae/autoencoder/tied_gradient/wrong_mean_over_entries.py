"""0/2: divides by all entries, as mse_loss does; the task divides by N."""


def tied_gradient(X, W):
    Z = X @ W
    R = Z @ W.T - X
    return 2 / X.numel() * (R.T @ Z + X.T @ (R @ W))
