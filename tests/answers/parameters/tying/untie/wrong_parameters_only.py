"""1/2: assigns new parameters by name; where one module stands in two places, both change."""


def untie(model):
    seen = set()
    for name, p in list(model.named_parameters(remove_duplicate=False)):
        if id(p) in seen:
            path, _, leaf = name.rpartition(".")
            new = nn.Parameter(p.detach().clone(), requires_grad=p.requires_grad)
            setattr(model.get_submodule(path), leaf, new)
        seen.add(id(p))
