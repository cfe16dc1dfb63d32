"""2/3: goes down into what it has just put in, and wraps without end."""


def replace_modules(model, kind, make):
    new, seen = {}, set()

    def visit(parent):
        if parent in seen:
            return
        seen.add(parent)
        for name in list(parent._modules):
            child = parent._modules[name]
            if child is None:
                continue
            if isinstance(child, kind):
                if child not in new:
                    new[child] = make(child)
                setattr(parent, name, new[child])
            visit(parent._modules[name])

    visit(model)
    return len(new)
