"""0/2: the errors of both means, added: what seeds do to both counts as noise."""

import statistics


def compare(whole, ablated, limits):
    seeds = [s for s in whole if s in ablated]
    n = len(seeds)
    if n == 0:
        return None, None, "open"
    a, b = [whole[s] for s in seeds], [ablated[s] for s in seeds]
    mean = sum(b) / n - sum(a) / n
    if n == 1:
        return mean, None, "open"
    error = math.sqrt((statistics.variance(a) + statistics.variance(b)) / n)
    if abs(mean) > limits[n] * error:
        return mean, error, "the part helps" if mean > 0 else "the part hurts"
    return mean, error, "open"
