"""1/1: goes down by recursion, and tells modules from the rest by their type."""


def module_at(model, path):
    if path == "":
        return model
    name, dot, rest = path.partition(".")
    if dot and not rest:
        raise KeyError(path)
    child = model._modules.get(name)
    if not isinstance(child, nn.Module):
        raise KeyError(f"{name!r} is no module")
    return module_at(child, rest)
