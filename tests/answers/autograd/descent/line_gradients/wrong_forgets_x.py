"""1/2: leaves out the inner derivative x of a."""


def line_gradients(a, b, x, y):
    r = a * x + b - y
    return 2 * r.mean(), 2 * r.mean()
