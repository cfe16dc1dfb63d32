"""0/2: calls backward on x itself, which needs a gradient and adds up."""


def vjp(f, x, v):
    f(x).backward(v)
    return x.grad
