"""0/2: wraps the source in a new Parameter."""


def tie(model, name, source):
    p, q = model.get_parameter(name), model.get_parameter(source)
    if p.shape != q.shape:
        raise ValueError("shapes")
    path, _, leaf = name.rpartition(".")
    setattr(model.get_submodule(path), leaf, nn.Parameter(q.detach()))
