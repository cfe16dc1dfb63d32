"""0/3: looks at the model's own children only."""


def replace_modules(model, kind, make):
    count = 0
    for name, child in list(model.named_children()):
        if isinstance(child, kind):
            setattr(model, name, make(child))
            count += 1
    return count
