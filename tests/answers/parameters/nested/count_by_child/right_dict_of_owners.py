"""2/2: finds each parameter's owner from its name, as named_parameters() lists it once."""


def count_by_child(model):
    counts = {}
    if any(True for _ in model.parameters(recurse=False)):
        counts[""] = 0
    counts.update({name: 0 for name, _ in model.named_children()})
    for name, p in model.named_parameters():
        owner = name.split(".")[0] if "." in name else ""
        counts[owner] += p.numel()
    return counts
