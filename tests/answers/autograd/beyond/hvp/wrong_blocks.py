"""1/3: each parameter with itself: cheap, but the mixed derivatives are missing."""


def hvp(loss, params, v):
    out = []
    for p, u in zip(params, v):
        (g,) = torch.autograd.grad(loss, p, create_graph=True, allow_unused=True)
        if g is None or not g.requires_grad:
            out.append(torch.zeros_like(p))
            continue
        (r,) = torch.autograd.grad(g, p, grad_outputs=u, retain_graph=True, allow_unused=True)
        out.append(torch.zeros_like(p) if r is None else r)
    return out
