"""3/3: permutations and the statistics module."""

import itertools
import statistics


def separated(scores, z=2.0):
    found = set()
    for a, b in itertools.permutations(scores, 2):
        d = [y - x for x, y in zip(scores[a], scores[b])]
        if statistics.fmean(d) > z * statistics.stdev(d) / len(d) ** 0.5:
            found.add((a, b))
    return found
