"""1/3: the variance as mean of squares less square of the mean, which loses all digits."""


def tune(train, lrs, seeds):
    seeds = list(seeds)
    n = len(seeds)
    if n < 2:
        raise ValueError
    rows = []
    for lr in lrs:
        r = [train(lr, seed) for seed in seeds]
        if all(map(math.isfinite, r)):
            mean = sum(r) / n
            variance = (sum(x * x for x in r) / n - mean**2) * n / (n - 1)
            rows.append((mean, lr, max(0.0, variance / n) ** 0.5))
    if not rows:
        raise ValueError
    mean, lr, s = min(rows)
    return lr, mean, s
