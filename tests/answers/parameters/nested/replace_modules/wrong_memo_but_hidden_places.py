"""1/3: shares what it makes, and misses the second place in one parent, for wrapped ones too."""


def replace_modules(model, kind, make):
    new = {}
    for path, module in list(model.named_modules()):
        if path and isinstance(module, kind):
            new[module] = make(module)
            parent, _, name = path.rpartition(".")
            setattr(model.get_submodule(parent), name, new[module])
    return len(new)
