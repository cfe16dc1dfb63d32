"""1/3: looks into containers, and not into containers in them."""


def unregistered(model):
    known = {id(p) for p in model.parameters()}
    found = []
    for module in model.modules():
        for value in vars(module).values():
            items = value.values() if isinstance(value, dict) else value
            if not isinstance(items, (list, tuple)) and not isinstance(value, dict):
                items = [value]
            for item in items:
                tensors = item.parameters() if isinstance(item, nn.Module) else [item]
                for t in tensors:
                    if isinstance(t, Tensor) and t.requires_grad and id(t) not in known:
                        known.add(id(t))
                        found.append(t)
    return found
