"""1/3: calls backward twice, which fills every .grad; the cost is right, the first values are too."""


def hvp(loss, params, v):
    for p in params:
        p.grad = None
    loss.backward(create_graph=True)
    grads = [p.grad for p in params]
    for p in params:
        p.grad = None
    sum((g * u).sum() for g, u in zip(grads, v)).backward(retain_graph=True)
    return [p.grad for p in params]
