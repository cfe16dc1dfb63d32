"""2/2: a set of the parameters themselves: tensors hash by identity."""


def count_by_child(model):
    own = set(model.parameters(recurse=False))
    counts = {"": sum(p.numel() for p in own)} if own else {}
    seen = set(own)
    for name, child in model.named_children():
        new = set(child.parameters()) - seen
        counts[name] = sum(p.numel() for p in new)
        seen |= new
    return counts
