"""0/3: returns every trainable leaf in the process."""


def unregistered(model):
    import gc

    known = {id(p) for p in model.parameters()}
    return [
        t
        for t in gc.get_objects()
        if isinstance(t, Tensor) and t.requires_grad and t.is_leaf and id(t) not in known
    ]
