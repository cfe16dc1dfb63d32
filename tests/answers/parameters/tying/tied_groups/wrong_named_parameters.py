"""0/2: named_parameters() with its default: each parameter has one name."""


def tied_groups(model):
    names = {}
    for name, p in model.named_parameters():
        names.setdefault(id(p), set()).add(name)
    return [group for group in names.values() if len(group) > 1]
