"""0/2: takes the logarithm of the times only."""


def growth_exponent(lengths, seconds):
    points = sorted(zip(lengths, seconds, strict=True))[len(lengths) // 2 :]
    x, y = zip(*points, strict=True)
    return statistics.linear_regression(x, [math.log(s) for s in y]).slope
