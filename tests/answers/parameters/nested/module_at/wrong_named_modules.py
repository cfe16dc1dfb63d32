"""0/1: named_modules() names each module once: the second path of a shared one is missing."""


def module_at(model, path):
    return dict(model.named_modules())[path]
