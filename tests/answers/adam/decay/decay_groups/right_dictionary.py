"""3/3: a dictionary by whether there are two dimensions."""


def decay_groups(model, weight_decay):
    found = {True: [], False: []}
    for p in model.parameters():
        found[len(p.shape) >= 2].append(p)
    large, small = found[True], found[False]
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
