"""1/1: doubles, then halves the interval."""


def forgotten_after(gamma, share):
    if share >= 1:
        return 0
    if gamma >= 1:
        return float("inf")
    high = 1
    while gamma**high > share:
        high *= 2
    low = -1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if gamma**middle > share else (low, middle)
    return high
