"""0/1: divides by the number of rows, not of elements."""


def mse_upstream(y, target):
    return 2 * (y - target) / len(y)
