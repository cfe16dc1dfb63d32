"""1/3: exactly two dimensions, and so no convolutions; shared ones are fine."""


def decay_groups(model, weight_decay):
    large = [p for p in model.parameters() if p.ndim == 2]
    small = [p for p in model.parameters() if p.ndim != 2]
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
