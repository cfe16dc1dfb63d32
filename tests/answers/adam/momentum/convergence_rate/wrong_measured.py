"""0/2: measures 50 steps of a run: not yet the long run."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    old = new = torch.ones_like(curvatures)
    sizes = []
    for _ in range(50):
        a = 1 - lr * curvatures
        nxt = a * (new + mu * (new - old)) if nesterov else (mu + a) * new - mu * old
        old, new = new, nxt
        sizes.append(new.abs().max().item())
    return (sizes[-1] / sizes[0]) ** (1 / 49)
