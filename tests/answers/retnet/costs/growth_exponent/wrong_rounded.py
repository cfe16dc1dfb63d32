"""0/2: rounds to a whole exponent."""


def growth_exponent(lengths, seconds):
    points = sorted(zip(lengths, seconds, strict=True))[len(lengths) // 2 :]
    x, y = [math.log(n) for n, _ in points], [math.log(s) for _, s in points]
    return round(statistics.linear_regression(x, y).slope)
