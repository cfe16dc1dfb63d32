"""0/1: takes the weight's shape for (n_in, n_out)."""


def fans(w):
    if w.dim() < 2:
        raise ValueError("no fans")
    kernel = math.prod(w.shape[2:])
    return w.shape[0] * kernel, w.shape[1] * kernel
