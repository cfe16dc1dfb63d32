"""3/3: with the statistics module."""

import statistics


def tune(train, lrs, seeds):
    seeds = tuple(seeds)
    if len(seeds) < 2:
        raise ValueError("two seeds, please")
    table = {lr: [train(lr, seed) for seed in seeds] for lr in lrs}
    table = {lr: runs for lr, runs in table.items() if not any(map(math.isnan, runs))}
    table = {lr: runs for lr, runs in table.items() if not any(map(math.isinf, runs))}
    if not table:
        raise ValueError("all diverged")
    best = min(sorted(table), key=lambda lr: statistics.fmean(table[lr]))
    runs = table[best]
    return best, statistics.fmean(runs), statistics.stdev(runs) / math.sqrt(len(runs))
