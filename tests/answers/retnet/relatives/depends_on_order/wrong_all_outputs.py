"""0/2: compares all outputs: those of the past change with its order in any layer."""


def depends_on_order(mixer, x):
    y, T = mixer(x), x.shape[1]
    for i in range(T - 2):
        order = list(range(T))
        order[i], order[i + 1] = order[i + 1], order[i]
        if (mixer(x[:, order]) - y).abs().max() > 1e-5 * y.abs().max():
            return True
    return False
