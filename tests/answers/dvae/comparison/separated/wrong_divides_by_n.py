"""1/3: divides by n where the root of n belongs."""

import statistics


def separated(scores, z=2.0):
    found = set()
    for a in scores:
        for b in scores:
            d = [y - x for x, y in zip(scores[a], scores[b])]
            if statistics.fmean(d) > z * statistics.stdev(d) / len(d):
                found.add((a, b))
    return found
