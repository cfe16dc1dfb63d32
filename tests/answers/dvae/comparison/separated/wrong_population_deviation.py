"""1/3: divides by n: too sure, most of all with few seeds. No spread is no spread either way."""

import statistics


def separated(scores, z=2.0):
    found = set()
    for a in scores:
        for b in scores:
            d = [y - x for x, y in zip(scores[a], scores[b])]
            if statistics.fmean(d) > z * statistics.pstdev(d) / len(d) ** 0.5:
                found.add((a, b))
    return found
