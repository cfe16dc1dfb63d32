"""2/3: leaves frozen parameters out."""


def decay_groups(model, weight_decay):
    params = [p for p in model.parameters() if p.requires_grad]
    large = [p for p in params if p.ndim >= 2]
    small = [p for p in params if p.ndim < 2]
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
