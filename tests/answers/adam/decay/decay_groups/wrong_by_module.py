"""0/3: knows Linear only, and loses the rest."""


def decay_groups(model, weight_decay):
    large = [m.weight for m in model.modules() if isinstance(m, nn.Linear)]
    small = [p for p in model.parameters() if p.ndim < 2]
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
