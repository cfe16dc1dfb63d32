"""3/3: differentiates the list of gradients with v as grad_outputs."""


def hvp(loss, params, v):
    params = list(params)
    grads = torch.autograd.grad(loss, params, create_graph=True, allow_unused=True)
    live = [(g, u) for g, u in zip(grads, v) if g is not None and g.requires_grad]
    if not live:
        return [torch.zeros_like(p) for p in params]
    gs, us = zip(*live)
    out = torch.autograd.grad(gs, params, grad_outputs=us, retain_graph=True, allow_unused=True)
    return [torch.zeros_like(p) if o is None else o for o, p in zip(out, params)]
