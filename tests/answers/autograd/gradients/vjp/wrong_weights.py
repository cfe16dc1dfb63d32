"""1/2: backward from a copy: right values, but f's own weights receive a gradient."""


def vjp(f, x, v):
    stand_in = x.detach().clone().requires_grad_()
    f(stand_in).backward(v)
    return stand_in.grad
