"""0/3: returns copies, which nobody trains."""


def decay_groups(model, weight_decay):
    params = [p.detach().clone() for p in model.parameters()]
    large = [p for p in params if p.ndim >= 2]
    small = [p for p in params if p.ndim < 2]
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
