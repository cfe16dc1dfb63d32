"""0/2: stays in float32, where the difference is mostly rounding."""


def backward_error(fn, backward, x):
    x, h = x.detach(), 1e-6
    y, worst = fn(x), 0.0
    for j in range(x.numel()):
        e = torch.zeros(x.shape, dtype=x.dtype)
        e.view(-1)[j] = h
        column = ((fn(x + e) - fn(x - e)) / (2 * h)).reshape(-1)
        for i in range(y.numel()):
            g = torch.zeros(y.shape, dtype=x.dtype)
            g.view(-1)[i] = 1
            worst = max(worst, (column[i] - backward(x, g).reshape(-1)[j]).abs().item())
    return worst
