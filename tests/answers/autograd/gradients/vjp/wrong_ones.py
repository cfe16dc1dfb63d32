"""0/2: sums the outputs: v is ignored."""


def vjp(f, x, v):
    x = x.detach().requires_grad_()
    return torch.autograd.grad(f(x).sum(), x, materialize_grads=True)[0]
