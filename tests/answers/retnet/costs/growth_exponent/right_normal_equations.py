"""2/2: sums, written out, with logarithms to base 2."""


def growth_exponent(lengths, seconds):
    points = sorted(zip(lengths, seconds, strict=True))
    points = points[len(points) - math.ceil(len(points) / 2) :]
    n = len(points)
    sx = sy = sxx = sxy = 0.0
    for length, s in points:
        x, y = math.log2(length), math.log2(s)
        sx, sy, sxx, sxy = sx + x, sy + y, sxx + x * x, sxy + x * y
    return (n * sxy - sx * sy) / (n * sxx - sx * sx)
