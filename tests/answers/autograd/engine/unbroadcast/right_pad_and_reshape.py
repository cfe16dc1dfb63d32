"""2/2: pads the shape with ones, sums over all differing axes at once, and reshapes."""


def unbroadcast(g, shape):
    padded = (1,) * (g.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i in range(g.ndim) if padded[i] != g.shape[i])
    return g.sum(axis=axes).reshape(shape)
