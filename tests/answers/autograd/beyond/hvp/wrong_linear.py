"""2/3: fails for a loss that is linear in all parameters."""


def hvp(loss, params, v):
    grads = torch.autograd.grad(loss, params, create_graph=True, materialize_grads=True)
    number = sum((g * u).sum() for g, u in zip(grads, v))
    return list(torch.autograd.grad(number, params, retain_graph=True, materialize_grads=True))
