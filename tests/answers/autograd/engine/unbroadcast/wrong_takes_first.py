"""0/2: the shape comes out right: takes the first copy's gradient and drops the others."""


def unbroadcast(g, shape):
    while g.ndim > len(shape):
        g = g[0]
    return g[tuple(slice(0, n) for n in shape)]
