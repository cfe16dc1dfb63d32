"""2/2: goes through the cases one by one."""


def receives_grad(t):
    if t.retains_grad:
        return True
    if t.is_leaf and t.requires_grad:
        return True
    return False
