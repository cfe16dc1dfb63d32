"""2/2: state_dict(keep_vars=True) gives the objects themselves; buffers are left out."""


def tied_groups(model):
    names = {}
    for name, p in model.state_dict(keep_vars=True).items():
        if isinstance(p, nn.Parameter):
            names.setdefault(id(p), []).append(name)
    return [set(group) for group in names.values() if len(group) > 1]
