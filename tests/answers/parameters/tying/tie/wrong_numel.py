"""1/2: compares the numbers of elements, not the shapes: (3, 4) passes for (4, 3)."""


def tie(model, name, source):
    p, q = model.get_parameter(name), model.get_parameter(source)
    if p.numel() != q.numel():
        raise ValueError("shapes")
    path, _, leaf = name.rpartition(".")
    setattr(model.get_submodule(path), leaf, q)
