"""1/2: drops small eigenvalues that are not zero."""


def best_momentum(hessian):
    lam = torch.linalg.eigvalsh(hessian)
    lam = lam[lam > 1e-4 * lam[-1]] if lam[0] < 1e-9 * lam[-1] else lam
    small, large = lam[0].item() ** 0.5, lam[-1].item() ** 0.5
    return (2 / (large + small)) ** 2, ((large - small) / (large + small)) ** 2
