"""1/2: counts the flat directions, of which no error can be reduced."""


def best_momentum(hessian):
    lam = torch.linalg.eigvalsh(hessian).clamp(min=0)
    small, large = lam[0].item() ** 0.5, lam[-1].item() ** 0.5
    return (2 / (large + small)) ** 2, ((large - small) / (large + small)) ** 2
