"""0/1: multiplies only the first gradient by g."""


def div_vjps(g, x, y):
    return g / y, -x / y**2
