"""2/3: a parameter without gradient makes it fail."""


def clip_by_global_norm(params, max_norm):
    params = list(params)
    norm = torch.stack([p.grad.norm() for p in params]).norm()
    if norm > max_norm:
        for p in params:
            p.grad.mul_(max_norm / norm)
    return norm
