"""0/1: counts the window for the fan-in only."""


def fans(w):
    if w.dim() < 2:
        raise ValueError("no fans")
    return w[0].numel(), w.shape[0]
