"""0/2: the decoder's share only."""


def tied_gradient(X, W):
    Z = X @ W
    return 2 / len(X) * (Z @ W.T - X).T @ Z
