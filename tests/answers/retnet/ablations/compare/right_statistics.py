"""2/2: the statistics module."""

import statistics


def compare(whole, ablated, limits):
    seeds = whole.keys() & ablated.keys()
    d = [ablated[s] - whole[s] for s in seeds]
    if not d:
        return (None, None, "open")
    mean = statistics.fmean(d)
    if len(d) < 2:
        return (mean, None, "open")
    error = statistics.stdev(d) / len(d) ** 0.5
    bar = limits[len(d)] * error
    return (
        mean,
        error,
        "the part helps" if mean > bar else "the part hurts" if mean < -bar else "open",
    )
