"""0/3: adds the two spreads as if the seeds had nothing in common."""

import statistics


def separated(scores, z=2.0):
    found = set()
    for a, x in scores.items():
        for b, y in scores.items():
            error = ((statistics.variance(x) + statistics.variance(y)) / len(x)) ** 0.5
            gap = statistics.fmean(y) - statistics.fmean(x)
            if gap > z * error:
                found.add((a, b))
    return found
