"""2/2: goes through both steps, and compares seconds instead of ratios."""


def publishable_ratio(ours, theirs, bandwidth, limit=1.3):
    floors = []
    for step in (ours, theirs):
        nbytes = step.weights + step.cache + step.state + step.state
        floors.append(nbytes / bandwidth)
        if step.seconds < floors[-1]:
            raise ValueError("impossible")
    if theirs.seconds / floors[1] > limit:
        return None
    return theirs.seconds / ours.seconds
