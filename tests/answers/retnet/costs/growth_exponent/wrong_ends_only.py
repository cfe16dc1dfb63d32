"""1/2: the two ends of the upper half, whatever lies between."""


def growth_exponent(lengths, seconds):
    points = sorted(zip(lengths, seconds, strict=True))[len(lengths) // 2 :]
    (n0, s0), (n1, s1) = points[0], points[-1]
    return math.log(s1 / s0) / math.log(n1 / n0)
