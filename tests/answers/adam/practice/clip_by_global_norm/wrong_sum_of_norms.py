"""0/3: adds the norms instead of their squares."""


def clip_by_global_norm(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    norm = sum((g.norm() for g in grads), torch.tensor(0.0))
    if norm > max_norm:
        for g in grads:
            g.mul_(max_norm / norm)
    return norm
