"""0/2: differentiates the sum of squares instead of the mean."""


def line_gradients(a, b, x, y):
    r = a * x + b - y
    return 2 * (r * x).sum(), 2 * r.sum()
