"""0/3: looks for the class Parameter, and misses the bare tensor."""


def unregistered(model):
    known = {id(p) for p in model.parameters()}
    found, seen, todo = [], set(), [model]
    while todo:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, Tensor):
            if isinstance(thing, nn.Parameter) and id(thing) not in known and thing.requires_grad:
                found.append(thing)
        elif isinstance(thing, nn.Module):
            todo.extend(vars(thing).values())
        elif isinstance(thing, dict):
            todo.extend(thing.values())
        elif isinstance(thing, (list, tuple)):
            todo.extend(thing)
    return found
