"""3/3: recursive, with a dictionary of what has been seen."""


def unregistered(model):
    seen = {}

    def walk(thing):
        if id(thing) in seen:
            return
        if isinstance(thing, nn.Module):
            seen[id(thing)] = thing
            walk(vars(thing))
        elif isinstance(thing, dict):
            seen[id(thing)] = thing
            for value in thing.values():
                walk(value)
        elif isinstance(thing, (list, tuple)):
            seen[id(thing)] = thing
            for value in thing:
                walk(value)
        elif isinstance(thing, Tensor):
            seen[id(thing)] = thing

    walk(model)
    listed = [id(p) for p in model.parameters()]
    return [
        t
        for t in seen.values()
        if isinstance(t, Tensor) and t.requires_grad and t.is_leaf and id(t) not in listed
    ]
