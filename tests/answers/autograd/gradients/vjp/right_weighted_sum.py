"""2/2: differentiates the scalar v . y."""


def vjp(f, x, v):
    x = torch.empty_like(x).copy_(x.detach()).requires_grad_()
    scalar = (f(x) * v.detach()).sum()
    (found,) = torch.autograd.grad(scalar, [x], allow_unused=True)
    return torch.zeros_like(x).detach() if found is None else found
