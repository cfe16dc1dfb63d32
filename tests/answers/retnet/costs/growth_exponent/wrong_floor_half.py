"""1/2: of an odd number of lengths one too few."""


def growth_exponent(lengths, seconds):
    points = sorted(zip(lengths, seconds, strict=True))
    points = points[-max(2, len(points) // 2) :]
    x, y = [math.log(n) for n, _ in points], [math.log(s) for _, s in points]
    return statistics.linear_regression(x, y).slope
