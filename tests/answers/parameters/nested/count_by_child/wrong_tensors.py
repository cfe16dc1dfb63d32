"""0/2: counts tensors, not elements."""


def count_by_child(model):
    seen, counts = set(), {}
    for name, child in model.named_children():
        new = [p for p in child.parameters() if id(p) not in seen]
        seen.update(map(id, new))
        counts[name] = len(new)
    return counts
