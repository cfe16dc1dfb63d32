"""0/2: returns the factor per step, the root of mu."""


def best_momentum(hessian):
    lam = torch.linalg.eigvalsh(hessian)
    lam = lam[lam > 1e-9 * lam[-1]]
    small, large = lam[0].item() ** 0.5, lam[-1].item() ** 0.5
    return (2 / (large + small)) ** 2, (large - small) / (large + small)
