"""1/1: unpacks the shape and multiplies in a loop."""


def fans(w):
    if len(w.shape) < 2:
        raise ValueError(f"too few dimensions: {tuple(w.shape)}")
    n_out, n_in, *kernel = w.shape
    for k in kernel:
        n_out, n_in = n_out * k, n_in * k
    return n_in, n_out
