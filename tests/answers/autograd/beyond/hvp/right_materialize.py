"""3/3: materialize_grads, and a term that ties the number to every parameter."""


def hvp(loss, params, v):
    grads = torch.autograd.grad(loss, params, create_graph=True, materialize_grads=True)
    number = sum((g * u).sum() for g, u in zip(grads, v)) + sum((0 * p).sum() for p in params)
    return list(torch.autograd.grad(number, params, retain_graph=True, materialize_grads=True))
