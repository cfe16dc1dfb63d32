"""2/2: expands the square and uses the means of x, y, x^2 and xy."""


def line_gradients(a, b, x, y):
    mx, my = x.mean(), y.mean()
    mxx, mxy = (x * x).mean(), (x * y).mean()
    return 2 * (a * mxx + b * mx - mxy), 2 * (a * mx + b - my)
