"""1/2: forgets that the inner derivative of b is 1, and multiplies by x again."""


def line_gradients(a, b, x, y):
    r = a * x + b - y
    return 2 * (r * x).mean(), 2 * (r * x).mean()
