"""0/2: compares the shapes from the left; NumPy broadcasts from the right."""


def unbroadcast(g, shape):
    padded = tuple(shape) + (1,) * (g.ndim - len(shape))
    axes = tuple(i for i in range(g.ndim) if padded[i] != g.shape[i])
    return g.sum(axis=axes, keepdims=True).reshape(shape)
