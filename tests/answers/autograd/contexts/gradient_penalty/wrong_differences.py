"""0/2: central differences: no derivative is taken, and only linear and quadratic functions come out right."""


def gradient_penalty(f, x):
    h, total = 1e-1, 0
    for d in range(x.shape[1]):
        e = torch.zeros_like(x)
        e[:, d] = h
        total = total + ((f(x.detach() + e) - f(x.detach() - e)) / (2 * h)) ** 2
    return total.mean()
