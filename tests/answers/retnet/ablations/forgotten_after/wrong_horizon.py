"""0/1: 1 / (1 - gamma), whatever the share."""


def forgotten_after(gamma, share):
    return math.inf if gamma == 1 else round(1 / (1 - gamma))
