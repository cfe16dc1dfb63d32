"""2/3: right the first time, then the graph is freed; None where nothing depends."""


def hvp(loss, params, v):
    grads = torch.autograd.grad(loss, params, create_graph=True)
    return list(torch.autograd.grad(grads, params, grad_outputs=v))
