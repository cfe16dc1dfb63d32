"""0/2: takes every leaf, although tensors that need no gradient are leaves too."""


def receives_grad(t):
    return t.is_leaf
