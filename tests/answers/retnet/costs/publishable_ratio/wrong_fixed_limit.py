"""1/2: ignores the limit that it is given."""


def publishable_ratio(ours, theirs, bandwidth, limit=1.3):
    floors = [(s.weights + s.cache + 2 * s.state) / bandwidth for s in (ours, theirs)]
    if ours.seconds < floors[0] or theirs.seconds < floors[1]:
        raise ValueError
    return theirs.seconds / ours.seconds if theirs.seconds / floors[1] <= 1.3 else None
