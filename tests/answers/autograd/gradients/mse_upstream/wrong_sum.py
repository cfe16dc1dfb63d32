"""0/1: differentiates the sum: forgets 1/n."""


def mse_upstream(y, target):
    return 2 * (y - target)
