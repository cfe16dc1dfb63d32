"""0/1: takes every element for 4 bytes."""


def parameter_table(model):
    return [
        (name, tuple(p.shape), 4 * p.numel(), p.requires_grad)
        for name, p in model.named_parameters()
    ]
