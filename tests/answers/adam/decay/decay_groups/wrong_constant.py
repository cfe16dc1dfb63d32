"""0/3: decays by 0.1, whatever is asked for."""


def decay_groups(model, weight_decay):
    large = [p for p in model.parameters() if p.ndim >= 2]
    small = [p for p in model.parameters() if p.ndim < 2]
    return [{"params": large, "weight_decay": 0.1}, {"params": small, "weight_decay": 0.0}]
