"""0/3: goes by the name: a norm need not be called one."""


def decay_groups(model, weight_decay):
    large = [p for n, p in model.named_parameters() if "bias" not in n and "norm" not in n]
    small = [p for n, p in model.named_parameters() if "bias" in n or "norm" in n]
    return [
        {"params": large, "weight_decay": weight_decay},
        {"params": small, "weight_decay": 0.0},
    ]
