"""0/3: decays what should be left out."""


def decay_groups(model, weight_decay):
    small = [p for p in model.parameters() if p.ndim >= 2]
    large = [p for p in model.parameters() if p.ndim < 2]
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
