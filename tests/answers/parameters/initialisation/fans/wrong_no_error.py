"""0/1: gives a bias fans of one."""


def fans(w):
    shape = tuple(w.shape) + (1, 1)
    kernel = math.prod(w.shape[2:])
    return shape[1] * kernel, shape[0] * kernel
