"""2/2: compares every pair of names with `is`."""


def tied_groups(model):
    named = list(model.named_parameters(remove_duplicate=False))
    groups = []
    for name, p in named:
        for first, group in groups:
            if first is p:
                group.add(name)
                break
        else:
            groups.append((p, {name}))
    return [group for _, group in groups if len(group) >= 2]
