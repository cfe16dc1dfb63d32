"""0/2: the fastest direction instead of the slowest."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    a = 1 - lr * curvatures
    s, q = ((1 + mu) * a, mu * a) if nesterov else (mu + a, mu + 0 * a)
    d = (s**2 - 4 * q).to(torch.complex128).sqrt()
    return (torch.stack([s + d, s - d]).abs().amax(0).min() / 2).item()
