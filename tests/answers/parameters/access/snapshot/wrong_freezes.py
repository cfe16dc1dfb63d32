"""0/2: keeps the state the same by freezing the model."""


def snapshot(model):
    model.requires_grad_(False)
    return model.state_dict()
