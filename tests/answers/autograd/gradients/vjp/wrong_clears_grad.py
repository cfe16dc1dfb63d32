"""0/2: runs backward on x and clears x.grad afterwards, gradients of the caller's included."""


def vjp(f, x, v):
    x.requires_grad_()
    x.grad = None
    f(x).backward(v)
    found, x.grad = x.grad, None
    return found
