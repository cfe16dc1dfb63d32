"""0/2: takes both shares to be equal and doubles one. They are equal only for special X and W."""


def tied_gradient(X, W):
    Z = X @ W
    return 4 / len(X) * (Z @ W.T - X).T @ Z
