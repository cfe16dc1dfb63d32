"""0/2: looks for modules that stand twice; a tie of one tensor goes unseen."""


def tied_groups(model):
    paths = {}
    for path, module in model.named_modules(remove_duplicate=False):
        paths.setdefault(module, []).append(path)
    groups = []
    for module, places in paths.items():
        if len(places) > 1:
            for name, _ in module.named_parameters(recurse=False):
                groups.append({f"{place}.{name}" for place in places})
    return groups
