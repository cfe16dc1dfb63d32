"""1/2: compares memory: a second parameter over the same memory passes for tied."""


def tied_groups(model):
    names = {}
    for name, p in model.named_parameters(remove_duplicate=False):
        names.setdefault(p.data_ptr(), set()).add(name)
    return [group for group in names.values() if len(group) > 1]
