"""1/3: remembers containers, and returns a tensor once per way that leads there."""


def unregistered(model):
    known = {id(p) for p in model.parameters()}
    found, seen, todo = [], set(), [model]
    while todo:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        if not isinstance(thing, Tensor):
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
    return found
