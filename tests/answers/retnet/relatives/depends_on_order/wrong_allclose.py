"""1/2: allclose has an absolute tolerance too, 1e-8: what is small all looks alike."""


def depends_on_order(mixer, x):
    y, T = mixer(x)[:, -1], x.shape[1]
    for i in range(T - 2):
        order = list(range(T))
        order[i], order[i + 1] = order[i + 1], order[i]
        other = mixer(x[:, order])[:, -1]
        if not torch.allclose(other, y, rtol=1e-4):
            return True
    return False
