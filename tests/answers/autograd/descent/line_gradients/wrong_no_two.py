"""0/2: forgets the 2 from the square."""


def line_gradients(a, b, x, y):
    r = a * x + b - y
    return (r * x).mean(), r.mean()
