"""1/2: sums each child by itself, so that a shared parameter counts twice."""


def count_by_child(model):
    counts = {name: sum(p.numel() for p in c.parameters()) for name, c in model.named_children()}
    own = [p.numel() for p in model.parameters(recurse=False)]
    return {"": sum(own)} | counts if own else counts
