"""0/2: takes y - y_pred."""


def line_gradients(a, b, x, y):
    r = y - (a * x + b)
    return 2 * (r * x).mean(), 2 * r.mean()
