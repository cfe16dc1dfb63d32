"""0/1: takes len() for the number of elements."""


def parameter_table(model):
    return [
        (n, tuple(p.shape), len(p) * p.element_size(), p.requires_grad)
        for n, p in model.named_parameters()
    ]
