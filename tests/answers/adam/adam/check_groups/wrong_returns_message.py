"""0/1: returns the message instead of raising."""


def check_groups(optimizer):
    for i, group in enumerate(optimizer.param_groups):
        if not group["lr"] >= 0:
            return f"group {i}: Invalid learning rate: {group['lr']}"
        for j, beta in enumerate(group["betas"]):
            if not 0 <= beta < 1:
                return f"group {i}: Invalid beta parameter at index {j}: {beta}"
