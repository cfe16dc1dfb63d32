"""1/2: takes Nesterov's roots to be complex always."""


def convergence_rate(lr, mu, curvatures, nesterov=False):
    a = 1 - lr * curvatures
    if nesterov:
        return (mu * a).abs().sqrt().max().item() if mu else a.abs().max().item()
    s = mu + a
    d = (s**2 - 4 * mu).to(torch.complex128).sqrt()
    return torch.stack([s + d, s - d]).abs().max().item() / 2
