"""2/3: leaves NaN and infinities in the comparison."""


def tune(train, lrs, seeds):
    seeds = list(seeds)
    if len(seeds) < 2:
        raise ValueError
    rows = []
    for lr in lrs:
        losses = [train(lr, seed) for seed in seeds]
        mean = sum(losses) / len(losses)
        s = (sum((x - mean) ** 2 for x in losses) / (len(losses) - 1)) ** 0.5
        rows.append((mean, lr, s / len(losses) ** 0.5))
    mean, lr, s = min(rows)
    return lr, mean, s
