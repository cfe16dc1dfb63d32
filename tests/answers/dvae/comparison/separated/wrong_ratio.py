"""2/3: divides by the standard error, which may be 0."""

import statistics


def separated(scores, z=2.0):
    found = set()
    for a in scores:
        for b in scores:
            if a != b:
                d = [y - x for x, y in zip(scores[a], scores[b])]
                if statistics.fmean(d) / (statistics.stdev(d) / len(d) ** 0.5) > z:
                    found.add((a, b))
    return found
