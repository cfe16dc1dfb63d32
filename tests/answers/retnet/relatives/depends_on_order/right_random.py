"""2/2: a hundred random orders."""


def depends_on_order(mixer, x):
    y = mixer(x)[:, -1:]
    last, size = x.shape[1] - 1, y.abs().max()
    generator = torch.Generator().manual_seed(0)
    changes = []
    for _ in range(100):
        order = torch.randperm(last, generator=generator).tolist() + [last]
        changes.append((mixer(x[:, order])[:, -1:] - y).abs().max())
    return bool(max(changes) > 1e-5 * size)
