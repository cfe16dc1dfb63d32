"""0/2: compares sums over the features with their largest, by a loose tolerance."""


def depends_on_order(mixer, x):
    y, T = mixer(x)[:, -1], x.shape[1]
    for i in range(T - 2):
        order = list(range(T))
        order[i], order[i + 1] = order[i + 1], order[i]
        other = mixer(x[:, order])[:, -1]
        if (other.sum() - y.sum()).abs() > 0.5 * y.sum().abs():
            return True
    return False
