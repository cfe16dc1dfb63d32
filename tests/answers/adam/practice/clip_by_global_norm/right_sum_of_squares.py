"""3/3: the sum of squares, and a factor that is at most 1."""


def clip_by_global_norm(params, max_norm):
    grads = [p.grad.detach() for p in params if p.grad is not None]
    total = torch.zeros(())
    for g in grads:
        total = total.to(g) + (g * g).sum()
    norm = total.sqrt()
    factor = torch.clamp(max_norm / (norm + 1e-6), max=1.0)
    for g in grads:
        g *= factor
    return norm
