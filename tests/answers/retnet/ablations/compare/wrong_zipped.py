"""0/2: pairs the dictionaries in their order: strangers."""

import statistics


def compare(whole, ablated, limits):
    d = [b - a for a, b in zip(whole.values(), ablated.values())]
    n = len(d)
    if n == 0:
        return None, None, "open"
    mean = statistics.fmean(d)
    if n == 1:
        return mean, None, "open"
    error = statistics.stdev(d) / n**0.5
    if abs(mean) > limits[n] * error:
        return mean, error, "the part helps" if mean > 0 else "the part hurts"
    return mean, error, "open"
