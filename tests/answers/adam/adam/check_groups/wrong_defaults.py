"""0/1: looks at the defaults, as torch does."""


def check_groups(optimizer):
    group = optimizer.defaults
    for i in range(len(optimizer.param_groups)):
        if not group["lr"] >= 0:
            raise ValueError(f"group {i}: Invalid learning rate: {group['lr']}")
        if not group["eps"] >= 0:
            raise ValueError(f"group {i}: Invalid epsilon value: {group['eps']}")
        for j, beta in enumerate(group["betas"]):
            if not 0 <= beta < 1:
                raise ValueError(f"group {i}: Invalid beta parameter at index {j}: {beta}")
        if not group["weight_decay"] >= 0:
            raise ValueError(f"group {i}: Invalid weight_decay value: {group['weight_decay']}")
