"""1/2: an absolute tolerance: blind where the output is small, and sees rounding where it is large."""


def depends_on_order(mixer, x):
    y, T = mixer(x)[:, -1], x.shape[1]
    for i in range(T - 2):
        order = list(range(T))
        order[i], order[i + 1] = order[i + 1], order[i]
        other = mixer(x[:, order])[:, -1]
        if (other - y).abs().max() > 1e-5:
            return True
    return False
