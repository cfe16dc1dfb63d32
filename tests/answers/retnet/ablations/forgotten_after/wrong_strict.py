"""0/1: below the share, not at most the share."""


def forgotten_after(gamma, share):
    if gamma == 1:
        return math.inf
    j = 0
    while gamma**j >= share:
        j += 1
    return j
