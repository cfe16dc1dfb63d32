"""1/2: believes any measurement."""


def publishable_ratio(ours, theirs, bandwidth, limit=1.3):
    floor = (theirs.weights + theirs.cache + 2 * theirs.state) / bandwidth
    return theirs.seconds / ours.seconds if theirs.seconds / floor <= limit else None
