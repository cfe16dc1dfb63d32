"""0/1: counts channels and forgets the window."""


def fans(w):
    if w.dim() < 2:
        raise ValueError("no fans")
    return w.shape[1], w.shape[0]
