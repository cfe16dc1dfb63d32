"""0/2: raises a ValueError for everything."""


def publishable_ratio(ours, theirs, bandwidth, limit=1.3):
    raise ValueError("measured wrongly")
