"""0/3: clamps every element."""


def clip_by_global_norm(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    norm = torch.stack([g.norm() for g in grads]).norm() if grads else torch.tensor(0.0)
    for g in grads:
        g.clamp_(-max_norm, max_norm)
    return norm
