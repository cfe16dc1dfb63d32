"""1/2: has the key "" also where the model holds nothing itself."""


def count_by_child(model):
    counts = {"": 0} | {name: 0 for name, _ in model.named_children()}
    for name, p in model.named_parameters():
        counts[name.split(".")[0] if "." in name else ""] += p.numel()
    return counts
