"""2/3: builds the Hessian row by row: right, and unaffordable."""


def hvp(loss, params, v):
    grads = torch.autograd.grad(loss, params, create_graph=True, allow_unused=True)
    u = torch.cat([t.reshape(-1) for t in v])
    rows = []
    for g, p in zip(grads, params):
        for k in range(p.numel()):
            if g is None or not g.requires_grad:
                rows.append(torch.zeros_like(u))
                continue
            second = torch.autograd.grad(
                g.reshape(-1)[k], params, retain_graph=True, allow_unused=True
            )
            rows.append(
                torch.cat(
                    [
                        (torch.zeros_like(q) if s is None else s).reshape(-1)
                        for s, q in zip(second, params)
                    ]
                )
            )
    flat = torch.stack(rows) @ u
    return [
        part.reshape(p.shape) for part, p in zip(flat.split([p.numel() for p in params]), params)
    ]
