"""2/3: lists a shared parameter at each of its places."""


def decay_groups(model, weight_decay):
    named = list(model.named_parameters(remove_duplicate=False))
    large = [p for _, p in named if p.ndim >= 2]
    small = [p for _, p in named if p.ndim < 2]
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
