"""2/2: swaps of neighbours only."""


def depends_on_order(mixer, x):
    y = mixer(x)[0, -1]
    tolerance = 1e-5 * float(y.abs().max())
    for i in range(x.shape[1] - 2):
        other = torch.cat([x[:, :i], x[:, i + 1 : i + 2], x[:, i : i + 1], x[:, i + 2 :]], dim=1)
        if float((mixer(other)[0, -1] - y).abs().max()) > tolerance:
            return True
    return False
