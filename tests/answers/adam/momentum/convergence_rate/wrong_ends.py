"""0/2: takes the first and the last curvature for the extremes."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    lam = curvatures[[0, -1]]
    a = 1 - lr * lam
    s, q = ((1 + mu) * a, mu * a) if nesterov else (mu + a, mu + 0 * a)
    d = (s**2 - 4 * q).to(torch.complex128).sqrt()
    return torch.stack([s + d, s - d]).abs().max().item() / 2
