"""0/2: fits all lengths, with the overhead of the short ones."""


def growth_exponent(lengths, seconds):
    x, y = [math.log(n) for n in lengths], [math.log(s) for s in seconds]
    return statistics.linear_regression(x, y).slope
