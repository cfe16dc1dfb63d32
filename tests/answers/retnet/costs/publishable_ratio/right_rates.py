"""2/2: compares the rates reached with the bandwidth."""


def publishable_ratio(ours, theirs, bandwidth, limit=1.3):
    def rate(step):
        return (step.weights + step.cache + 2 * step.state) / step.seconds

    if max(rate(ours), rate(theirs)) > bandwidth:
        raise ValueError("more bytes per second than the memory delivers")
    return theirs.seconds / ours.seconds if bandwidth / rate(theirs) <= limit else None
