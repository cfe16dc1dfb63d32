"""0/3: divides by n, not by n - 1."""


def tune(train, lrs, seeds):
    seeds = list(seeds)
    if len(seeds) < 2:
        raise ValueError
    rows = []
    for lr in lrs:
        r = torch.tensor([train(lr, seed) for seed in seeds], dtype=torch.float64)
        if r.isfinite().all():
            rows.append((r.mean().item(), lr, r.std(correction=0).item() / len(seeds) ** 0.5))
    if not rows:
        raise ValueError
    mean, lr, s = min(rows)
    return lr, mean, s
