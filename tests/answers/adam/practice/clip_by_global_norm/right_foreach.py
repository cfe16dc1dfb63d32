"""3/3: with the functions for lists."""


def clip_by_global_norm(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    if len(grads) == 0:
        return torch.zeros(())
    norm = torch.stack(list(torch._foreach_norm(grads))).square().sum().sqrt()
    if norm > max_norm:
        torch._foreach_mul_(grads, (max_norm / norm).item())
    return norm
