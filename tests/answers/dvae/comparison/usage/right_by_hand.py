"""2/2: counts in a dictionary and sums the entropy in plain Python."""


def usage(batches, num_codes):
    counts = {}
    for codes in batches:
        for code in codes.flatten().tolist():
            counts[code] = counts.get(code, 0) + 1
    n = sum(counts.values())
    return len(counts), math.exp(sum(-c / n * math.log(c / n) for c in counts.values()))
