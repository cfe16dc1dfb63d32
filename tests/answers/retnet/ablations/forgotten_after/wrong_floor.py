"""0/1: the last lag at which more is left."""


def forgotten_after(gamma, share):
    if gamma == 1:
        return math.inf
    j = 0
    while gamma ** (j + 1) > share:
        j += 1
    return j
