"""1/2: Nesterov's s, with the heavy ball's constant term mu."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    a = 1 - lr * curvatures
    s = (1 + mu) * a if nesterov else mu + a
    d = (s**2 - 4 * mu).to(torch.complex128).sqrt()
    return torch.stack([s + d, s - d]).abs().max().item() / 2
