"""1/2: the heavy ball's polynomial for both."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    s = 1 + mu - lr * curvatures
    d = (s**2 - 4 * mu).to(torch.complex128).sqrt()
    return torch.stack([s + d, s - d]).abs().max().item() / 2
