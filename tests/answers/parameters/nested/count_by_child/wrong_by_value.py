"""1/2: takes equal parameters for the same parameter."""


def count_by_child(model):
    seen, counts = set(), {}

    def count(parameters):
        total = 0
        for p in parameters:
            key = (tuple(p.shape), *p.detach().flatten().tolist())
            if key not in seen:
                seen.add(key)
                total += p.numel()
        return total

    if list(model.parameters(recurse=False)):
        counts[""] = count(model.parameters(recurse=False))
    for name, child in model.named_children():
        counts[name] = count(child.parameters())
    return counts
