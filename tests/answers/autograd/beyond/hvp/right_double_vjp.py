"""3/3: the Jacobian of a vector-Jacobian product: differentiates with respect to a dummy."""


def hvp(loss, params, v):
    grads = torch.autograd.grad(loss, params, create_graph=True, allow_unused=True)
    out = [torch.zeros_like(p) for p in params]
    flat = [
        (g.reshape(-1), u.reshape(-1))
        for g, u in zip(grads, v)
        if g is not None and g.grad_fn is not None
    ]
    if flat:
        number = torch.cat([g for g, _ in flat]) @ torch.cat([u for _, u in flat])
        second = torch.autograd.grad(number, params, retain_graph=True, allow_unused=True)
        for o, s in zip(out, second):
            if s is not None:
                o += s.detach()
    return tuple(out)
