"""0/1: reuses g's memory, which the rest of the graph still needs."""


def div_vjps(g, x, y):
    g /= y
    return g.copy(), -g * x / y
