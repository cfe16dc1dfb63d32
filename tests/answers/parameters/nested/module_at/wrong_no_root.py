"""0/1: the empty path leads nowhere."""


def module_at(model, path):
    for name in path.split("."):
        model = model._modules[name]
    return model
