"""2/2: works on flat vectors, with identity matrices for the directions."""


def backward_error(fn, backward, x):
    x = x.detach().to("cpu", torch.float64)
    shape, y = x.shape, fn(x)
    rows = [
        backward(x, g.reshape(y.shape)).reshape(-1)
        for g in torch.eye(y.numel(), dtype=torch.float64)
    ]
    claimed = torch.stack(rows)
    steps = 1e-6 * torch.eye(x.numel(), dtype=torch.float64)
    cols = [(fn(x + e.reshape(shape)) - fn(x - e.reshape(shape))).reshape(-1) / 2e-6 for e in steps]
    return float((claimed - torch.stack(cols, dim=1)).abs().max())
