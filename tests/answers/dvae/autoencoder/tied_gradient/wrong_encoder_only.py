"""0/2: the encoder's share only."""


def tied_gradient(X, W):
    R = X @ W @ W.T - X
    return 2 / len(X) * X.T @ (R @ W)
