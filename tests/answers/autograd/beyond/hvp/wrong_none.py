"""2/3: returns None where nothing depends on a parameter."""


def hvp(loss, params, v):
    grads = torch.autograd.grad(loss, params, create_graph=True, allow_unused=True)
    number = sum((g * u).sum() for g, u in zip(grads, v) if g is not None)
    return list(torch.autograd.grad(number, params, retain_graph=True, allow_unused=True))
