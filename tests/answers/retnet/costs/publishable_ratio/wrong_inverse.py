"""0/2: ours over theirs."""


def publishable_ratio(ours, theirs, bandwidth, limit=1.3):
    floors = [(s.weights + s.cache + 2 * s.state) / bandwidth for s in (ours, theirs)]
    if ours.seconds < floors[0] or theirs.seconds < floors[1]:
        raise ValueError
    return ours.seconds / theirs.seconds if theirs.seconds / floors[1] <= limit else None
