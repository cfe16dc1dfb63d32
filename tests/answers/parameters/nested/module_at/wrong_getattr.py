"""0/1: takes whatever attribute has the name: a parameter and a method as well."""


def module_at(model, path):
    module = model
    for name in filter(None, path.split(".")):
        if not hasattr(module, name):
            raise KeyError(name)
        module = getattr(module, name)
    return module
