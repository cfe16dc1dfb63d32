"""0/2: float() copies only what is not float32 already."""


def snapshot(model):
    return {name: value.float() for name, value in model.state_dict().items()}
