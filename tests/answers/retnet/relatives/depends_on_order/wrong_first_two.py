"""0/2: swaps the first two only: what differs later on escapes."""


def depends_on_order(mixer, x):
    if x.shape[1] < 3:
        return False
    y = mixer(x)[:, -1]
    order = [1, 0, *range(2, x.shape[1])]
    return bool((mixer(x[:, order])[:, -1] - y).abs().max() > 1e-5 * y.abs().max())
