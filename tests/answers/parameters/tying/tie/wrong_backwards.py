"""0/2: the source takes the other parameter."""


def tie(model, name, source):
    p, q = model.get_parameter(name), model.get_parameter(source)
    if p.shape != q.shape:
        raise ValueError("shapes")
    path, _, leaf = source.rpartition(".")
    setattr(model.get_submodule(path), leaf, p)
