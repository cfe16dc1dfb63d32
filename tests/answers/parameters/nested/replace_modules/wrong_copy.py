"""0/3: works on a deep copy; the model stays as it was."""

from copy import deepcopy


def replace_modules(model, kind, make):
    new = {}

    def visit(parent):
        for name, child in list(parent._modules.items()):
            if isinstance(child, kind):
                if child not in new:
                    new[child] = make(child)
                setattr(parent, name, new[child])
            elif child is not None:
                visit(child)

    visit(deepcopy(model))
    return len(new)
