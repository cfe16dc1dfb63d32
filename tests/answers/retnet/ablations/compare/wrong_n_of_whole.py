"""1/2: takes n from the whole model's seeds, arrived or not."""


def compare(whole, ablated, limits):
    d = [ablated[s] - whole[s] for s in whole if s in ablated]
    n = len(whole)
    if not d:
        return None, None, "open"
    mean = sum(d) / len(d)
    if len(d) == 1:
        return mean, None, "open"
    error = math.sqrt(sum((x - mean) ** 2 for x in d) / (n - 1) / n)
    if abs(mean) > limits[n] * error:
        return mean, error, "the part helps" if mean > 0 else "the part hurts"
    return mean, error, "open"
