"""3/3: a loop over named_parameters."""


def decay_groups(model, weight_decay):
    large, small = [], []
    for _, p in model.named_parameters():
        (large if p.dim() > 1 else small).append(p)
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
