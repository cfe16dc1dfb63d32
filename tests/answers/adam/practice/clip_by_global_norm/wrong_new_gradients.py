"""1/3: puts new tensors into .grad: the old memory keeps the long gradient."""


def clip_by_global_norm(params, max_norm):
    params = [p for p in params if p.grad is not None]
    if not params:
        return torch.tensor(0.0)
    norm = torch.stack([p.grad.norm() for p in params]).norm()
    if norm > max_norm:
        for p in params:
            p.grad = p.grad * (max_norm / norm)
    return norm
