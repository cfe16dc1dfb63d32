"""0/3: asks whether the two error bars overlap."""

import statistics


def separated(scores, z=2.0):
    def bar(v):
        m, e = statistics.fmean(v), z * statistics.stdev(v) / len(v) ** 0.5
        return m - e, m + e

    return {(a, b) for a in scores for b in scores if bar(scores[a])[1] < bar(scores[b])[0]}
