"""0/2: asks whether a gradient is there already, not whether one will come."""


def receives_grad(t):
    return t.grad is not None
