"""0/2: forgets the absolute value: errors below zero vanish."""


def backward_error(fn, backward, x):
    x = x.detach().cpu().double()
    y = fn(x)
    rows = [
        backward(x, g.reshape(y.shape)).reshape(-1) for g in torch.eye(y.numel(), dtype=x.dtype)
    ]
    steps = 1e-6 * torch.eye(x.numel(), dtype=x.dtype)
    cols = [
        (fn(x + e.reshape(x.shape)) - fn(x - e.reshape(x.shape))).reshape(-1) / 2e-6 for e in steps
    ]
    return max(0.0, (torch.stack(rows) - torch.stack(cols, 1)).max().item())
