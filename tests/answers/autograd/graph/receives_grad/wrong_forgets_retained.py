"""1/2: knows leaves, and forgets tensors with retain_grad()."""


def receives_grad(t):
    return t.requires_grad and t.is_leaf
