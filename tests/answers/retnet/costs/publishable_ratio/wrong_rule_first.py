"""1/2: a slow baseline hides that ours is impossible."""


def publishable_ratio(ours, theirs, bandwidth, limit=1.3):
    floors = [(s.weights + s.cache + 2 * s.state) / bandwidth for s in (ours, theirs)]
    if theirs.seconds / floors[1] > limit:
        return None
    if ours.seconds < floors[0] or theirs.seconds < floors[1]:
        raise ValueError
    return theirs.seconds / ours.seconds
