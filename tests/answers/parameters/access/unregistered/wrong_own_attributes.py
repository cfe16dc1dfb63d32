"""1/3: looks at the model's own attributes and not at its submodules'."""


def unregistered(model):
    known = {id(p) for p in model.parameters()}
    own = {k: v for k, v in vars(model).items() if not k.startswith("_")}
    found, seen, todo = [], set(), list(own.values())
    while todo:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, Tensor):
            if thing.requires_grad and thing.is_leaf and id(thing) not in known:
                found.append(thing)
        elif isinstance(thing, nn.Module):
            todo.extend(thing.parameters())
        elif isinstance(thing, dict):
            todo.extend(thing.values())
        elif isinstance(thing, (list, tuple)):
            todo.extend(thing)
    return found
