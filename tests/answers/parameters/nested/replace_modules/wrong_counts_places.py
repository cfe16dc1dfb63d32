"""2/3: returns the number of places, not of modules."""


def replace_modules(model, kind, make):
    new, seen = {}, set()

    def visit(parent):
        if parent in seen:
            return 0
        seen.add(parent)
        places = 0
        for name, child in list(parent._modules.items()):
            if child is None:
                continue
            if isinstance(child, kind):
                if child not in new:
                    new[child] = make(child)
                setattr(parent, name, new[child])
                places += 1
            else:
                places += visit(child)
        return places

    return visit(model)
