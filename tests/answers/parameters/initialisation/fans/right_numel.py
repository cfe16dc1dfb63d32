"""1/1: counts the entries of slices."""


def fans(w):
    if w.ndim < 2:
        raise ValueError("no fans")
    return w[0].numel(), w[:, 0].numel()
