"""0/2: takes everything that requires a gradient, the results of operations too."""


def receives_grad(t):
    return t.requires_grad
