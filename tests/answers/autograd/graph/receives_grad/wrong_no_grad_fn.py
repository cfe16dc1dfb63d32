"""0/2: asks for the missing grad_fn, which is is_leaf by another name."""


def receives_grad(t):
    return t.grad_fn is None
