"""0/2: any bit of difference counts: rounding makes attention depend on the order."""


def depends_on_order(mixer, x):
    y, T = mixer(x)[:, -1], x.shape[1]
    for i in range(T - 2):
        order = list(range(T))
        order[i], order[i + 1] = order[i + 1], order[i]
        other = mixer(x[:, order])[:, -1]
        if not torch.equal(other, y):
            return True
    return False
