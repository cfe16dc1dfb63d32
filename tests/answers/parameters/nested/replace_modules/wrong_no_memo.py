"""2/3: sees every place, and calls make once for each, so that sharing ends."""


def replace_modules(model, kind, make):
    count = 0
    for name, child in list(model._modules.items()):
        if child is None:
            continue
        if isinstance(child, kind):
            setattr(model, name, make(child))
            count += 1
        else:
            count += replace_modules(child, kind, make)
    return count
