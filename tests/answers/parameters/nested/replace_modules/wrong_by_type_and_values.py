"""0/3: takes modules that print alike for one module."""


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
                if str(child) not in new:
                    new[str(child)] = make(child)
                setattr(parent, name, new[str(child)])
            else:
                visit(child)

    visit(model)
    return len(new)
