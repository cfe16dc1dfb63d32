"""1/2: refuses a slow winner, too."""


def publishable_ratio(ours, theirs, bandwidth, limit=1.3):
    floors = [(s.weights + s.cache + 2 * s.state) / bandwidth for s in (ours, theirs)]
    above = [s.seconds / f for s, f in zip((ours, theirs), floors, strict=True)]
    if min(above) < 1:
        raise ValueError
    fine = above[1] <= limit and (above[0] <= limit or ours.seconds < theirs.seconds)
    return theirs.seconds / ours.seconds if fine else None
