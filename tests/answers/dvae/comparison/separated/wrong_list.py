"""0/3: a list of pairs."""

import statistics


def separated(scores, z=2.0):
    found = []
    for a in scores:
        for b in scores:
            d = [y - x for x, y in zip(scores[a], scores[b])]
            if statistics.fmean(d) > z * statistics.stdev(d) / len(d) ** 0.5:
                found.append((a, b))
    return found
