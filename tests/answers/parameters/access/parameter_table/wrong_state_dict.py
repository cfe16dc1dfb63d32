"""0/1: reads the state_dict, whose tensors are detached: nothing is trainable, and buffers join in."""


def parameter_table(model):
    return [
        (name, tuple(p.shape), p.numel() * p.element_size(), p.requires_grad)
        for name, p in model.state_dict().items()
    ]
