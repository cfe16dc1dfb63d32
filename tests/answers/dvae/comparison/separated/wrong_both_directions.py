"""0/3: takes the absolute difference, so each pair counts twice."""

import statistics


def separated(scores, z=2.0):
    found = set()
    for a in scores:
        for b in scores:
            d = [y - x for x, y in zip(scores[a], scores[b])]
            if abs(statistics.fmean(d)) > z * statistics.stdev(d) / len(d) ** 0.5:
                found.add((a, b))
    return found
