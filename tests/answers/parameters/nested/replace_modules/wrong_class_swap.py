"""0/3: turns the old object into another class in place instead of putting in a new one."""


def replace_modules(model, kind, make):
    olds = [m for m in model.modules() if isinstance(m, kind) and m is not model]
    for old in olds:
        old.__class__ = type(make(old))
    return len(olds)
