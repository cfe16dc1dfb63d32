"""0/2: clamps the discriminant and so loses the complex roots."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    a = 1 - lr * curvatures
    s, q = ((1 + mu) * a, mu * a) if nesterov else (mu + a, mu + 0 * a)
    d = (s**2 - 4 * q).clamp(min=0).sqrt()
    return ((s.abs() + d) / 2).max().item()
