"""0/1: returns the derivatives and never multiplies by g."""


def div_vjps(g, x, y):
    return 1 / y, -x / y**2
