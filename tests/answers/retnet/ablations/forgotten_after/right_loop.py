"""1/1: counts up, product by product of powers."""

import math


def forgotten_after(gamma, share):
    if gamma == 1 and share < 1:
        return math.inf
    j = 0
    while pow(gamma, j) > share:
        j += 1
    return j
