"""0/2: uses kappa where its root belongs, as for plain descent."""


def best_momentum(hessian):
    lam = torch.linalg.eigvalsh(hessian)
    lam = lam[lam > 1e-9 * lam[-1]]
    small, large = lam[0].item(), lam[-1].item()
    return 2 / (large + small), ((large - small) / (large + small)) ** 2
