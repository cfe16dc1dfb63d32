"""0/2: shuffles the last token too: then every layer seems to know the order."""


def depends_on_order(mixer, x):
    y = mixer(x)[:, -1]
    for i in range(x.shape[1] - 1):
        order = list(range(x.shape[1]))
        order[i], order[i + 1] = order[i + 1], order[i]
        if (mixer(x[:, order])[:, -1] - y).abs().max() > 1e-5 * y.abs().max():
            return True
    return False
