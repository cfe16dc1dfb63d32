"""1/3: a generator of seeds is used up after the first rate."""


def tune(train, lrs, seeds):
    rows = []
    for lr in lrs:
        r = [train(lr, seed) for seed in seeds]
        if not r or not all(map(math.isfinite, r)):
            continue
        if len(r) < 2:
            raise ValueError
        mean = sum(r) / len(r)
        s = (sum((x - mean) ** 2 for x in r) / (len(r) - 1)) ** 0.5
        rows.append((mean, lr, s / len(r) ** 0.5))
    if not rows:
        raise ValueError
    mean, lr, s = min(rows)
    return lr, mean, s
