"""2/3: takes NaN alone for divergence, so that a loss of -inf is the best."""


def tune(train, lrs, seeds):
    seeds = list(seeds)
    if len(seeds) < 2:
        raise ValueError
    rows = []
    for lr in lrs:
        losses = [train(lr, seed) for seed in seeds]
        if any(map(math.isnan, losses)):
            continue
        mean = sum(losses) / len(losses)
        s = (sum((x - mean) ** 2 for x in losses) / (len(losses) - 1)) ** 0.5
        rows.append((mean, lr, s / len(losses) ** 0.5))
    if not rows:
        raise ValueError
    mean, lr, s = min(rows)
    return lr, mean, s
