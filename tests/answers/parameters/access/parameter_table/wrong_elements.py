"""0/1: counts elements, not bytes."""


def parameter_table(model):
    return [(n, tuple(p.shape), p.numel(), p.requires_grad) for n, p in model.named_parameters()]
