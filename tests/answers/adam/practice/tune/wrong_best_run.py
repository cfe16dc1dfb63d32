"""0/3: the rate with the best single run."""


def tune(train, lrs, seeds):
    seeds = list(seeds)
    if len(seeds) < 2:
        raise ValueError
    runs = {lr: [train(lr, seed) for seed in seeds] for lr in lrs}
    runs = {lr: r for lr, r in runs.items() if all(map(math.isfinite, r))}
    if not runs:
        raise ValueError
    lr = min(runs, key=lambda lr: (min(runs[lr]), lr))
    r = torch.tensor(runs[lr], dtype=torch.float64)
    return lr, r.mean().item(), r.std().item() / len(seeds) ** 0.5
