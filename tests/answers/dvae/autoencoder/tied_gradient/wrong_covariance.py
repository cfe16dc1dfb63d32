"""1/2: the right numbers, by way of two D by D matrices."""


def tied_gradient(X, W):
    C = X.T @ X / len(X)
    A = W @ W.T
    return 2 * (A @ C + C @ A - 2 * C) @ W
