"""1/1: counts the elements from the shape and scales the difference."""

import math


def mse_upstream(y, target):
    return y.sub(target).mul(2 / math.prod(y.shape))
