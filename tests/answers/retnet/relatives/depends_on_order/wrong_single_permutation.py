"""1/2: one random order: with two tokens every second one is no reordering."""


def depends_on_order(mixer, x):
    T = x.shape[1]
    order = torch.cat([torch.randperm(T - 1), torch.tensor([T - 1])])
    y = mixer(x)[:, -1]
    change = (mixer(x[:, order])[:, -1] - y).abs().max()
    return bool(change > 1e-5 * y.abs().max())
