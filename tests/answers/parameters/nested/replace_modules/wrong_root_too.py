"""2/3: counts the model itself, and calls make for it, where it is of the kind."""


def replace_modules(model, kind, make):
    new, seen = {}, set()
    if isinstance(model, kind):
        new[model] = make(model)

    def visit(parent):
        if parent in seen:
            return
        seen.add(parent)
        for name, child in list(parent._modules.items()):
            if isinstance(child, kind):
                if child not in new:
                    new[child] = make(child)
                setattr(parent, name, new[child])
            elif child is not None:
                visit(child)

    visit(model)
    return len(new)
