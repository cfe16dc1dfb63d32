"""0/1: drops the frozen parameters."""


def parameter_table(model):
    return [
        (n, tuple(p.shape), p.numel() * p.element_size(), True)
        for n, p in model.named_parameters()
        if p.requires_grad
    ]
