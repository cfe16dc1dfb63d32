"""0/2: fits a line to the times themselves."""


def growth_exponent(lengths, seconds):
    points = sorted(zip(lengths, seconds, strict=True))[len(lengths) // 2 :]
    return statistics.linear_regression(*zip(*points, strict=True)).slope
