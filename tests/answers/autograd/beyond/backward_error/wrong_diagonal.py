"""1/2: compares the diagonal alone."""


def backward_error(fn, backward, x):
    x, h = x.detach().cpu().double(), 1e-6
    worst = 0.0
    for j in range(x.numel()):
        e = torch.zeros(x.shape, dtype=x.dtype)
        e.view(-1)[j] = 1
        column = ((fn(x + h * e) - fn(x - h * e)) / (2 * h)).reshape(-1)
        worst = max(worst, abs(column[j].item() - backward(x, e).reshape(-1)[j].item()))
    return worst
