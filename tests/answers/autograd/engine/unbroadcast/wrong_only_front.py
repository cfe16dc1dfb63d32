"""1/2: sums the axes in front and never a stretched one: biases work, keepdims does not."""


def unbroadcast(g, shape):
    return g.sum(axis=tuple(range(g.ndim - len(shape))))
