"""0/2: folds g into rows of the wanted size and adds them: right only while all axes are in front."""


def unbroadcast(g, shape):
    size = int(np.prod(shape))
    if g.shape == tuple(shape):
        return g
    return g.reshape(-1, size).sum(axis=0).reshape(shape) if len(shape) < 2 else np.resize(g, shape)
