"""1/2: right answers, but swaps in x itself and leaves it so."""


def depends_on_order(mixer, x):
    y = mixer(x)[:, -1]
    for i in range(x.shape[1] - 2):
        x[:, [i, i + 1]] = x[:, [i + 1, i]]
        if (mixer(x)[:, -1] - y).abs().max() > 1e-5 * y.abs().max():
            return True
    return False
