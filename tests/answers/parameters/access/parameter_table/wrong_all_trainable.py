"""0/1: takes every parameter for trainable."""


def parameter_table(model):
    return [
        (n, tuple(p.shape), p.numel() * p.element_size(), True) for n, p in model.named_parameters()
    ]
