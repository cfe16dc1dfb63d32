"""0/2: central differences: inexact, and many calls of f."""


def jacobian(f, x):
    x, h = x.detach(), 1e-2
    columns = []
    for e in torch.eye(x.numel(), dtype=x.dtype, device=x.device):
        e = h * e.reshape(x.shape)
        columns.append((f(x + e) - f(x - e)) / (2 * h))
    y = f(x)
    return torch.stack(columns, dim=-1).reshape(*y.shape, *x.shape)
