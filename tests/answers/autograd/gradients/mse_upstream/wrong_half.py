"""0/1: forgets the 2 that comes down from the square."""


def mse_upstream(y, target):
    return (y - target) / y.numel()
