"""3/3: the sign and the square of the mean, without a root."""


def separated(scores, z=2.0):
    out = []
    for a in scores:
        for b in scores:
            d = [y - x for x, y in zip(scores[a], scores[b])]
            n, m = len(d), sum(d) / len(d)
            v = sum((t - m) ** 2 for t in d) / (n - 1)
            if m > 0 and n * m * m > z * z * v:
                out.append((a, b))
    return set(out)
