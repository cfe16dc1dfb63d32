"""1/2: the right numbers, computed by what the task closes."""


def tied_gradient(X, W):
    with torch.inference_mode(False), torch.enable_grad():
        X, W = X.clone(), W.clone().requires_grad_()
        return torch.autograd.grad(((X @ W @ W.T - X) ** 2).sum() / len(X), W)[0]
