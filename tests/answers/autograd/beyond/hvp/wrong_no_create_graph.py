"""0/3: forgets create_graph: the gradient has no graph to differentiate."""


def hvp(loss, params, v):
    grads = torch.autograd.grad(loss, params, retain_graph=True)
    number = sum((g * u).sum() for g, u in zip(grads, v))
    return list(torch.autograd.grad(number, params))
