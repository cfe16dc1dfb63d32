"""0/2: gives Nesterov's settings, lr = 1 / lambda_max and the root of mu."""


def best_momentum(hessian):
    lam = torch.linalg.eigvalsh(hessian)
    lam = lam[lam > 1e-9 * lam[-1]]
    k = (lam[-1] / lam[0]).item() ** 0.5
    return 1 / lam[-1].item(), (k - 1) / (k + 1)
