"""1/2: asks for one g of all ones: misses whatever cancels between rows."""


def backward_error(fn, backward, x):
    x, h = x.detach().cpu().double(), 1e-6
    claimed = backward(x, torch.ones_like(fn(x))).reshape(-1)
    worst = 0.0
    for j in range(x.numel()):
        e = torch.zeros(x.shape, dtype=x.dtype)
        e.view(-1)[j] = h
        worst = max(
            worst, abs(((fn(x + e) - fn(x - e)) / (2 * h)).sum().item() - claimed[j].item())
        )
    return worst
