"""1/1: looks the path up in a table of all paths, duplicates included."""


def module_at(model, path):
    return dict(model.named_modules(remove_duplicate=False))[path]
