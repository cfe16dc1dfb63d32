"""1/2: equal runs, with a difference of 0 and an error of 0, are called a help."""


def compare(whole, ablated, limits):
    d = [ablated[seed] - whole[seed] for seed in whole if seed in ablated]
    n = len(d)
    if n == 0:
        return None, None, "open"
    mean = sum(d) / n
    if n == 1:
        return mean, None, "open"
    error = math.sqrt(sum((x - mean) ** 2 for x in d) / (n - 1) / n)
    bar = limits[n] * error
    if mean >= bar:
        return mean, error, "the part helps"
    if mean < -bar:
        return mean, error, "the part hurts"
    return mean, error, "open"
