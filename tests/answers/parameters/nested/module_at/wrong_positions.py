"""0/1: counts positions where the path spells names."""


def module_at(model, path):
    module = model
    for name in path.split(".") if path else []:
        children = list(module.children())
        index = int(name.split()[-1])
        if index >= len(children):
            raise KeyError(name)
        module = children[index]
    return module
