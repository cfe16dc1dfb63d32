"""0/1: tests for what is wrong, and NaN passes."""


def check_groups(optimizer):
    for i, group in enumerate(optimizer.param_groups):
        if group["lr"] < 0:
            raise ValueError(f"group {i}: Invalid learning rate: {group['lr']}")
        if group["eps"] < 0:
            raise ValueError(f"group {i}: Invalid epsilon value: {group['eps']}")
        for j, beta in enumerate(group["betas"]):
            if beta < 0 or beta >= 1:
                raise ValueError(f"group {i}: Invalid beta parameter at index {j}: {beta}")
        if group["weight_decay"] < 0:
            raise ValueError(f"group {i}: Invalid weight_decay value: {group['weight_decay']}")
