"""0/2: sorts the caller's list, and loses which time is whose."""


def growth_exponent(lengths, seconds):
    lengths.sort()
    seconds.sort()
    half = len(lengths) // 2
    x = [math.log(n) for n in lengths[half:]]
    return statistics.linear_regression(x, [math.log(s) for s in seconds[half:]]).slope
