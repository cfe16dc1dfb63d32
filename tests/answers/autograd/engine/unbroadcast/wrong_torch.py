"""0/2: calls torch's sum_to_size."""


def unbroadcast(g, shape):
    import torch

    return torch.from_numpy(g).sum_to_size(shape).numpy()
