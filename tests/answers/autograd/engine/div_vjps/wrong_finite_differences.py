"""0/1: asks finite differences, which agree to eight digits and no more."""


def div_vjps(g, x, y):
    h = 1e-6
    return g * ((x + h) / y - (x - h) / y) / (2 * h), g * (x / (y + h) - x / (y - h)) / (2 * h)
