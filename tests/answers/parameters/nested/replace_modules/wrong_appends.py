"""0/3: deletes and adds, which moves the new module to the end."""


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
                if child not in new:
                    new[child] = make(child)
                parent._modules.pop(name)
                parent.add_module(name, new[child])
            else:
                visit(child)

    visit(model)
    return len(new)
