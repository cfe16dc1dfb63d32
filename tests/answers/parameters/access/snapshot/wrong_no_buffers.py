"""1/2: copies the parameters and forgets the buffers."""


def snapshot(model):
    return {name: p.detach().clone() for name, p in model.named_parameters()}
