"""0/3: mends the model on the way: what it finds, it registers."""


def unregistered(model):
    known = {id(p) for p in model.parameters()}
    found, seen, todo = [], set(), [model]
    while todo:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, Tensor):
            if thing.requires_grad and thing.is_leaf and id(thing) not in known:
                found.append(thing)
        elif isinstance(thing, nn.Module):
            todo.extend(vars(thing).values())
        elif isinstance(thing, dict):
            todo.extend(thing.values())
        elif isinstance(thing, (list, tuple)):
            todo.extend(thing)
    for number, tensor in enumerate(found):
        if not isinstance(tensor, nn.Parameter):
            continue
        model.register_parameter(f"found_{number}", tensor)
    return found
