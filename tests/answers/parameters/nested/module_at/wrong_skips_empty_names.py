"""0/1: ignores empty names, so that 'first.' leads to 'first'."""


def module_at(model, path):
    for name in filter(None, path.split(".")):
        model = model._modules[name]
    return model
