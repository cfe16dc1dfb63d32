"""0/1: returns tensors."""


def fans(w):
    if w.dim() < 2:
        raise ValueError("no fans")
    sizes = torch.tensor(w.shape)
    return sizes[1:].prod(), sizes.prod() // sizes[1]
