"""3/3: walks through the modules and remembers identities."""


def decay_groups(model, weight_decay):
    large, small, seen = [], [], set()
    for module in model.modules():
        for p in module.parameters(recurse=False):
            if id(p) not in seen:
                seen.add(id(p))
                (small if len(p.shape) <= 1 else large).append(p)
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
