"""1/2: only backwards: weights that read the same backwards escape."""


def depends_on_order(mixer, x):
    y = mixer(x)[:, -1]
    other = torch.cat([x[:, :-1].flip(1), x[:, -1:]], 1)
    return bool((mixer(other)[:, -1] - y).abs().max() > 1e-5 * y.abs().max())
