"""2/3: named_children() hides a module's second place in one parent, and there is no memo."""


def replace_modules(model, kind, make):
    count = 0
    for name, child in list(model.named_children()):
        if isinstance(child, kind):
            setattr(model, name, make(child))
            count += 1
        else:
            count += replace_modules(child, kind, make)
    return count
