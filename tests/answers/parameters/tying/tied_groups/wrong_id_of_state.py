"""0/2: ids of the tensors in the state_dict, which are made anew for each name: a gamble."""


def tied_groups(model):
    names = {}
    for name, p in list(model.state_dict().items()):
        names.setdefault(id(p), set()).add(name)
    return [group for group in names.values() if len(group) > 1]
