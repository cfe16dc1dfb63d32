"""0/2: looks at the root with the plus sign only."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    a = 1 - lr * curvatures
    s, q = ((1 + mu) * a, mu * a) if nesterov else (mu + a, mu + 0 * a)
    d = (s**2 - 4 * q).to(torch.complex128)
    return ((s + d.sqrt()) / 2).abs().max().item()
