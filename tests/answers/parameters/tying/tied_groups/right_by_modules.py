"""2/2: walks the modules under all their names; the parameter itself is the key."""

from collections import defaultdict


def tied_groups(model):
    names = defaultdict(set)
    for path, module in model.named_modules(remove_duplicate=False):
        for name, p in module._parameters.items():
            if p is not None:
                names[p].add(f"{path}.{name}" if path else name)
    return [g for g in names.values() if len(g) > 1]
