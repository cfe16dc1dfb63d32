"""0/1: returns None where there is nothing."""


def module_at(model, path):
    return dict(model.named_modules(remove_duplicate=False)).get(path)
