"""2/2: spells is_leaf out as the absence of a grad_fn."""


def receives_grad(t):
    if not t.requires_grad:
        return False
    return t.grad_fn is None or t.retains_grad
