"""3/3: really one long vector."""


def clip_by_global_norm(params, max_norm):
    params = [p for p in params if p.grad is not None]
    if not params:
        return torch.tensor(0.0)
    norm = torch.linalg.vector_norm(torch.cat([p.grad.reshape(-1) for p in params]))
    if norm.item() > max_norm:
        for p in params:
            p.grad.div_(norm / max_norm)
    return norm
