"""0/2: takes backward(ones) for the derivative of each element, as the note does."""


def jacobian(f, x):
    x = x.detach().requires_grad_()
    y = f(x)
    (total,) = torch.autograd.grad(y, x, torch.ones_like(y))
    return torch.diag(total)
