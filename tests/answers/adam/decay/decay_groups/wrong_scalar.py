"""1/3: forgets parameters without any dimension."""


def decay_groups(model, weight_decay):
    large = [p for p in model.parameters() if p.ndim >= 2]
    small = [p for p in model.parameters() if p.ndim == 1]
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
