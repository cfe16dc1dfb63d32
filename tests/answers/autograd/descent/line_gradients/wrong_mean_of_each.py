"""1/2: takes the mean of a product for the product of means."""


def line_gradients(a, b, x, y):
    r = a * x + b - y
    return 2 * r.mean() * x.mean(), 2 * r.mean()
