"""0/2: the factor of plain descent."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    return (1 - lr * curvatures).abs().max().item()
