"""0/3: writes into __dict__, where no module looks for modules."""


def replace_modules(model, kind, make):
    new = {}
    for parent in list(model.modules()):
        for name, child in list(parent._modules.items()):
            if child is not None and isinstance(child, kind):
                new.setdefault(child, make(child))
                vars(parent)[name] = new[child]
    return len(new)
