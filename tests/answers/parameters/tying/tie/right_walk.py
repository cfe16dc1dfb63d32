"""2/2: walks to the owner by hand and checks everything before it assigns."""


def _find(model, path):
    *modules, attribute = path.split(".")
    for part in modules:
        if part not in model._modules:
            raise AttributeError(f"no module {part!r} on the way to {path}")
        model = model._modules[part]
    if not isinstance(model._parameters.get(attribute), nn.Parameter):
        raise AttributeError(f"{path} is no parameter")
    return model, attribute


def tie(model, name, source):
    owner, attribute = _find(model, name)
    giver, given = _find(model, source)
    new = giver._parameters[given]
    if new.shape != owner._parameters[attribute].shape:
        raise ValueError("the shapes differ")
    owner._parameters[attribute] = new
