"""0/2: asks for a fast winner, not for a fast baseline."""


def publishable_ratio(ours, theirs, bandwidth, limit=1.3):
    floors = [(s.weights + s.cache + 2 * s.state) / bandwidth for s in (ours, theirs)]
    if ours.seconds < floors[0] or theirs.seconds < floors[1]:
        raise ValueError
    return theirs.seconds / ours.seconds if ours.seconds / floors[0] <= limit else None
