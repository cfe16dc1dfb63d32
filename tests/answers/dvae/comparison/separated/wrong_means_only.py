"""0/3: whoever has the lower mean wins."""

import statistics


def separated(scores, z=2.0):
    m = {name: statistics.fmean(v) for name, v in scores.items()}
    return {(a, b) for a in m for b in m if m[a] < m[b]}
