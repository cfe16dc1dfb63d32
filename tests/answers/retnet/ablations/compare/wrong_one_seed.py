"""1/2: with one seed an error of 0, and so a verdict."""


def compare(whole, ablated, limits):
    d = [ablated[s] - whole[s] for s in whole if s in ablated]
    n = len(d)
    if n == 0:
        return None, None, "open"
    mean = sum(d) / n
    error = math.sqrt(sum((x - mean) ** 2 for x in d) / max(n - 1, 1) / n)
    if abs(mean) > limits.get(n, 12.7) * error:
        return mean, error, "the part helps" if mean > 0 else "the part hurts"
    return mean, error, "open"
