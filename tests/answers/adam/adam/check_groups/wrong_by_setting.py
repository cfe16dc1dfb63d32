"""0/1: goes through the settings first and reports a later group."""


def check_groups(optimizer):
    def fail(i, what, value):
        raise ValueError(f"group {i}: Invalid {what}: {value}")

    groups = list(enumerate(optimizer.param_groups))
    for i, group in groups:
        if not group["lr"] >= 0:
            fail(i, "learning rate", group["lr"])
    for i, group in groups:
        if not group["eps"] >= 0:
            fail(i, "epsilon value", group["eps"])
    for j in range(2):
        for i, group in groups:
            if not 0 <= group["betas"][j] < 1:
                fail(i, f"beta parameter at index {j}", group["betas"][j])
    for i, group in groups:
        if not group["weight_decay"] >= 0:
            fail(i, "weight_decay value", group["weight_decay"])
