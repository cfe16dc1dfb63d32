"""0/1: tests both betas at once and always names the second."""


def check_groups(optimizer):
    for i, group in enumerate(optimizer.param_groups):
        if not group["lr"] >= 0:
            raise ValueError(f"group {i}: Invalid learning rate: {group['lr']}")
        if not group["eps"] >= 0:
            raise ValueError(f"group {i}: Invalid epsilon value: {group['eps']}")
        if not all(0 <= beta < 1 for beta in group["betas"]):
            raise ValueError(f"group {i}: Invalid beta parameter at index 1: {group['betas'][1]}")
        if not group["weight_decay"] >= 0:
            raise ValueError(f"group {i}: Invalid weight_decay value: {group['weight_decay']}")
