"""1/2: counts the model's own parameters last, after the children."""


def count_by_child(model):
    seen, counts = set(), {}
    for name, child in [*model.named_children(), ("", None)]:
        source = child.parameters() if child is not None else model.parameters(recurse=False)
        new = [p for p in source if id(p) not in seen]
        seen.update(map(id, new))
        if new or child is not None:
            counts[name] = sum(p.numel() for p in new)
    return counts
