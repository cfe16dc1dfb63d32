"""0/1: a bias ends in an IndexError, not in the ValueError that was asked for."""


def fans(w):
    kernel = math.prod(w.shape[2:])
    return w.shape[1] * kernel, w.shape[0] * kernel
