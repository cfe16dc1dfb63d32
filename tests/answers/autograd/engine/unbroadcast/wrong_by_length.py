"""0/2: keeps every axis whose length occurs in shape, so a square (3, 3) is never summed."""


def unbroadcast(g, shape):
    axes = tuple(i for i, n in enumerate(g.shape) if n not in shape)
    return g.sum(axis=axes).reshape(shape)
