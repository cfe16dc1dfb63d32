"""1/2: its own table, whatever the caller's."""


def compare(whole, ablated, limits):
    d = [ablated[seed] - whole[seed] for seed in whole if seed in ablated]
    n = len(d)
    if n == 0:
        return None, None, "open"
    mean = sum(d) / n
    if n == 1:
        return mean, None, "open"
    error = math.sqrt(sum((x - mean) ** 2 for x in d) / (n - 1) / n)
    bar = {2: 12.7, 3: 4.30, 4: 3.18, 5: 2.78}[n] * error
    if mean > bar:
        return mean, error, "the part helps"
    if mean < -bar:
        return mean, error, "the part hurts"
    return mean, error, "open"
