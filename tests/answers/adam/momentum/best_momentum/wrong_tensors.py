"""1/2: returns tensors, not floats."""


def best_momentum(hessian):
    lam = torch.linalg.eigvalsh(hessian)
    lam = lam[lam > 1e-9 * lam[-1]].sqrt()
    small, large = lam[0], lam[-1]
    return (2 / (large + small)) ** 2, ((large - small) / (large + small)) ** 2
