"""1/2: the right numbers, from torch.func."""


def tied_gradient(X, W):
    return torch.func.grad(lambda w: ((X @ w @ w.T - X) ** 2).sum() / len(X))(W)
