"""1/2: calls an eigenvalue flat below a bound that does not know the scale."""


def best_momentum(hessian):
    lam = torch.linalg.eigvalsh(hessian)
    lam = lam[lam > 1e-5 * 0.99]
    small, large = lam[0].item() ** 0.5, lam[-1].item() ** 0.5
    return (2 / (large + small)) ** 2, ((large - small) / (large + small)) ** 2
