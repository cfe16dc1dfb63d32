"""1/2: a KeyError for seeds that have not arrived."""

import statistics


def compare(whole, ablated, limits):
    d = [ablated[s] - whole[s] for s in whole]
    mean = statistics.fmean(d)
    error = statistics.stdev(d) / len(d) ** 0.5
    if abs(mean) > limits[len(d)] * error:
        return mean, error, "the part helps" if mean > 0 else "the part hurts"
    return mean, error, "open"
