"""1/1: one negated test after the other."""


def check_groups(optimizer):
    for i, group in enumerate(optimizer.param_groups):
        where = f"group {i}: Invalid "
        if not group["lr"] >= 0:
            raise ValueError(where + f"learning rate: {group['lr']}")
        if not group["eps"] >= 0:
            raise ValueError(where + f"epsilon value: {group['eps']}")
        for j, beta in enumerate(group["betas"]):
            if not 0 <= beta < 1:
                raise ValueError(where + f"beta parameter at index {j}: {beta}")
        if not group["weight_decay"] >= 0:
            raise ValueError(where + f"weight_decay value: {group['weight_decay']}")
