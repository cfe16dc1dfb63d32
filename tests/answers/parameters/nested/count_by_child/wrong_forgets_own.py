"""1/2: counts shared parameters once, and those of the model itself never."""


def count_by_child(model):
    seen, counts = set(), {}
    for name, child in model.named_children():
        new = [p for p in child.parameters() if id(p) not in seen]
        seen.update(map(id, new))
        counts[name] = sum(p.numel() for p in new)
    return counts
