"""2/3: drops the diverged runs, and keeps the rate at which they diverged."""


def tune(train, lrs, seeds):
    seeds = list(seeds)
    if len(seeds) < 2:
        raise ValueError
    rows = []
    for lr in lrs:
        r = [x for x in (train(lr, seed) for seed in seeds) if math.isfinite(x)]
        if r:
            mean = sum(r) / len(r)
            s = (sum((x - mean) ** 2 for x in r) / max(1, len(r) - 1)) ** 0.5
            rows.append((mean, lr, s / len(r) ** 0.5))
    if not rows:
        raise ValueError
    mean, lr, s = min(rows)
    return lr, mean, s
