"""0/3: assigns to the local name; the caller sees nothing of it."""


def overwrite(x, new):
    x = new.clone().requires_grad_()
