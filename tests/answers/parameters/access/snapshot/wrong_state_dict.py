"""0/2: returns the state_dict, which is the model's own memory."""


def snapshot(model):
    return model.state_dict()
