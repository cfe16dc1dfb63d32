"""0/2: always the root of mu, also where the roots are real."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    if nesterov:
        return (mu * (1 - lr * curvatures)).abs().sqrt().max().item()
    return mu**0.5
