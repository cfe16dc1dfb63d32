"""2/2: looks names up in the complete list; register_parameter assigns."""


def tie(model, name, source):
    named = dict(model.named_parameters(remove_duplicate=False))
    for path in (name, source):
        if path not in named:
            raise AttributeError(path)
    if named[name].size() != named[source].size():
        raise ValueError("shapes")
    path, _, leaf = name.rpartition(".")
    model.get_submodule(path).register_parameter(leaf, named[source])
