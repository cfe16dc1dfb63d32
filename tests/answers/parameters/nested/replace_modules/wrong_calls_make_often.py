"""2/3: setdefault evaluates make again at every place of a shared module."""


def replace_modules(model, kind, make):
    new, seen = {}, set()

    def visit(parent):
        if parent in seen:
            return
        seen.add(parent)
        for name, child in list(parent._modules.items()):
            if child is None:
                continue
            if isinstance(child, kind):
                setattr(parent, name, new.setdefault(child, make(child)))
            else:
                visit(child)

    visit(model)
    return len(new)
