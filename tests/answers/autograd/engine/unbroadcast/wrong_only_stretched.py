"""0/2: sums stretched axes alone: with a bias, the case that every layer has, it fails."""


def unbroadcast(g, shape):
    axes = tuple(i for i, n in enumerate(shape) if n == 1)
    return g.sum(axis=axes, keepdims=True)
