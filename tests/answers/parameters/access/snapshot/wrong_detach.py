"""0/2: detaches, which shares memory."""


def snapshot(model):
    return {name: p.detach() for name, p in model.named_parameters()}
