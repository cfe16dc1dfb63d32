"""0/3: compares tensors with `in`."""


def decay_groups(model, weight_decay):
    large, small = [], []
    for p in model.parameters():
        group = large if p.ndim >= 2 else small
        if p not in group:
            group.append(p)
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
