"""1/2: takes the second half of the list, in whatever order it comes."""


def growth_exponent(lengths, seconds):
    half = len(lengths) // 2
    x = [math.log(n) for n in lengths[half:]]
    return statistics.linear_regression(x, [math.log(s) for s in seconds[half:]]).slope
