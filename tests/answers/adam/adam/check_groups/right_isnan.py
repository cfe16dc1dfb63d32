"""1/1: tests for NaN by name."""


def check_groups(optimizer):
    import math

    for i, group in enumerate(optimizer.param_groups):
        checks = [
            ("learning rate", group["lr"], math.inf),
            ("epsilon value", group["eps"], math.inf),
        ]
        for k in range(2):
            checks.append((f"beta parameter at index {k}", group["betas"][k], 1.0))
        checks.append(("weight_decay value", group["weight_decay"], math.inf))
        for what, value, limit in checks:
            if math.isnan(value) or value < 0 or value >= limit:
                raise ValueError(f"group {i}: Invalid {what}: {value}")
