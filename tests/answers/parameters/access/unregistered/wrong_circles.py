"""1/3: walks everything, and never stops where references go in circles."""


def unregistered(model):
    known = {id(p) for p in model.parameters()}
    found = []

    def walk(thing):
        if isinstance(thing, Tensor):
            if thing.requires_grad and thing.is_leaf and id(thing) not in known:
                known.add(id(thing))
                found.append(thing)
        elif isinstance(thing, nn.Module):
            walk(vars(thing))
        elif isinstance(thing, dict):
            for value in thing.values():
                walk(value)
        elif isinstance(thing, (list, tuple)):
            for value in thing:
                walk(value)

    walk(model)
    return found
