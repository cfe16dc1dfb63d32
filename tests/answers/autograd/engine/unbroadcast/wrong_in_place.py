"""0/2: adds the rows up inside g, which other parents of the node still need."""


def unbroadcast(g, shape):
    while g.ndim > len(shape):
        g[0] += g[1:].sum(axis=0)
        g = g[0]
    for axis, n in enumerate(shape):
        if n == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g
