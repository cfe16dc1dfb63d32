"""1/2: the buffers of a module that is used twice count too."""


def tied_groups(model):
    names = {}
    for name, p in model.state_dict(keep_vars=True).items():
        names.setdefault(id(p), set()).add(name)
    return [group for group in names.values() if len(group) > 1]
