"""0/2: copies the dict and not the tensors."""


def snapshot(model):
    return dict(model.state_dict())
