"""0/2: forgets that the state is written back."""


def publishable_ratio(ours, theirs, bandwidth, limit=1.3):
    floors = [(s.weights + s.cache + s.state) / bandwidth for s in (ours, theirs)]
    if ours.seconds < floors[0] or theirs.seconds < floors[1]:
        raise ValueError
    return theirs.seconds / ours.seconds if theirs.seconds / floors[1] <= limit else None
