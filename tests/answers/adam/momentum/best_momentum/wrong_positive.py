"""1/2: keeps what rounding left above zero."""


def best_momentum(hessian):
    lam = torch.linalg.eigvalsh(hessian)
    lam = lam[lam > 0]
    small, large = lam[0].item() ** 0.5, lam[-1].item() ** 0.5
    return (2 / (large + small)) ** 2, ((large - small) / (large + small)) ** 2
