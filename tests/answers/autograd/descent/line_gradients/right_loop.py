"""2/2: sums over the points one by one, and returns floats."""


def line_gradients(a, b, x, y):
    n, da, db = len(x), 0.0, 0.0
    for xi, yi in zip(x.tolist(), y.tolist()):
        dy = 2 / n * (a * xi + b - yi)
        da += dy * xi
        db += dy
    return da, db
