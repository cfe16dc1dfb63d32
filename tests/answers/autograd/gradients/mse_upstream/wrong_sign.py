"""0/1: differentiates with respect to the target: the sign is wrong."""


def mse_upstream(y, target):
    return 2 * (target - y) / y.numel()
