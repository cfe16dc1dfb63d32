"""0/2: looks the names up in named_parameters(), where a name that was tied no longer stands."""


def tie(model, name, source):
    named = dict(model.named_parameters())
    if name not in named or source not in named:
        raise AttributeError("no such parameter")
    if named[name].shape != named[source].shape:
        raise ValueError("shapes")
    path, _, leaf = name.rpartition(".")
    setattr(model.get_submodule(path), leaf, named[source])
