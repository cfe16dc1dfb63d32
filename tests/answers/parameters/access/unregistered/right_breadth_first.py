"""3/3: level by level, and compares with `is`."""


def unregistered(model):
    known = list(model.parameters())
    level, seen, found = [model], [], []
    while level:
        below = []
        for thing in level:
            if any(thing is s for s in seen):
                continue
            if isinstance(thing, nn.Module):
                seen.append(thing)
                below += list(thing.__dict__.values())
            elif isinstance(thing, dict):
                seen.append(thing)
                below += list(thing.values())
            elif isinstance(thing, (list, tuple)):
                seen.append(thing)
                below += list(thing)
            elif isinstance(thing, Tensor) and thing.requires_grad and thing.grad_fn is None:
                if not any(thing is p for p in known):
                    known.append(thing)
                    found.append(thing)
        level = below
    return found
