"""1/2: notices the wrong shape after the assignment."""


def tie(model, name, source):
    old, new = model.get_parameter(name), model.get_parameter(source)
    path, _, leaf = name.rpartition(".")
    setattr(model.get_submodule(path), leaf, new)
    if old.shape != new.shape:
        raise ValueError("shapes")
