"""1/3: trains the winner again for its standard error."""


def tune(train, lrs, seeds):
    lrs, seeds = list(lrs), list(seeds)
    if len(seeds) < 2:
        raise ValueError

    def losses(lr):
        return [train(lr, seed) for seed in seeds]

    means = {lr: sum(losses(lr)) / len(seeds) for lr in lrs}
    good = [lr for lr in lrs if math.isfinite(means[lr])]
    if not good:
        raise ValueError
    best = min(good, key=lambda lr: (means[lr], lr))
    r = torch.tensor(losses(best), dtype=torch.float64)
    return best, means[best], r.std().item() / len(seeds) ** 0.5
