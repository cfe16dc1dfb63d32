"""2/2: lets einsum sum over the axes that the result lacks."""


def unbroadcast(g, shape):
    front = g.ndim - len(shape)
    kept = [front + i for i, n in enumerate(shape) if n == g.shape[front + i]]
    return np.einsum(g, list(range(g.ndim)), kept).reshape(shape)
