"""1/2: assigns without looking: a wrong shape and a misspelt name go through."""


def tie(model, name, source):
    path, _, leaf = name.rpartition(".")
    setattr(model.get_submodule(path), leaf, model.get_parameter(source))
