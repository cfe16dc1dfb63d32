"""1/3: takes a listed module's parameters(), and so misses the lists inside that module."""


def unregistered(model):
    known = {id(p) for p in model.parameters()}
    found, seen, todo = [], set(), [v for m in model.modules() for v in vars(m).values()]
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
