"""0/1: checks the type, and lets getattr raise AttributeError where there is nothing."""


def module_at(model, path):
    module = model
    for name in path.split(".") if path else []:
        module = getattr(module, name)
        if not isinstance(module, nn.Module):
            raise KeyError(name)
    return module
