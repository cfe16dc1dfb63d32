"""3/3: collects all paths first, leaves out what lies below a match, then sets by parent."""


def replace_modules(model, kind, make):
    matches = []
    for path, module in model.named_modules(remove_duplicate=False):
        below = any(path.startswith(found + ".") for found, _ in matches)
        if path and isinstance(module, kind) and not below:
            matches.append((path, module))
    new = {}
    parents = []
    for path, old in matches:
        parent, _, name = path.rpartition(".")
        parents.append((model.get_submodule(parent), name, old))
        if old not in new:
            new[old] = make(old)
    for parent, name, old in parents:
        setattr(parent, name, new[old])
    return len(new)
