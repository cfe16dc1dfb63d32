"""0/3: looks at the outermost modules only."""


def decay_groups(model, weight_decay):
    large, small = [], []
    for module in model.children():
        for p in module.parameters(recurse=False):
            (large if p.ndim >= 2 else small).append(p)
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
