"""1/2: all seeds agree, so it must be real."""


def compare(whole, ablated, limits):
    d = [ablated[s] - whole[s] for s in whole if s in ablated]
    n = len(d)
    if n == 0:
        return None, None, "open"
    mean = sum(d) / n
    if n == 1:
        return mean, None, "open"
    error = math.sqrt(sum((x - mean) ** 2 for x in d) / (n - 1) / n)
    if all(x > 0 for x in d):
        return mean, error, "the part helps"
    if all(x < 0 for x in d):
        return mean, error, "the part hurts"
    return mean, error, "open"
