"""2/3: walks through params twice, so that a generator's gradients stay long."""


def clip_by_global_norm(params, max_norm):
    squares = [p.grad.norm() ** 2 for p in params if p.grad is not None]
    norm = torch.stack(squares).sum().sqrt() if squares else torch.tensor(0.0)
    if norm > max_norm:
        for p in params:
            if p.grad is not None:
                p.grad.mul_(max_norm / norm)
    return norm
