"""2/3: compares types, and skips subclasses and tuples of kinds."""


def replace_modules(model, kind, make):
    new, seen = {}, set()

    def visit(parent):
        if parent in seen:
            return
        seen.add(parent)
        for name, child in list(parent._modules.items()):
            if child is None:
                continue
            if type(child) == kind:
                if child not in new:
                    new[child] = make(child)
                setattr(parent, name, new[child])
            else:
                visit(child)

    visit(model)
    return len(new)
