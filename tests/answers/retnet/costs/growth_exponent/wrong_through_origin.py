"""0/2: a line through the origin: the constant c is taken to be 1."""


def growth_exponent(lengths, seconds):
    points = sorted(zip(lengths, seconds, strict=True))[len(lengths) // 2 :]
    x, y = [math.log(n) for n, _ in points], [math.log(s) for _, s in points]
    return sum(a * b for a, b in zip(x, y, strict=True)) / sum(a * a for a in x)
