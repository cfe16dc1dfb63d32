"""0/2: uses W^T W = 1, which holds for principal axes and not for any W."""


def tied_gradient(X, W):
    Z = X @ W
    return 2 / len(X) * (W @ (Z.T @ Z) - X.T @ Z)
