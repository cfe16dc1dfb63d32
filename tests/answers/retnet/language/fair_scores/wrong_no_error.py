"""1/2: if every rate diverged, returns NaN."""


def fair_scores(fit, rates, seeds, validate, test):
    models = {lr: [fit(lr, seed) for seed in seeds] for lr in sorted(rates)}
    means = {lr: sum(map(validate, ms)) / len(ms) for lr, ms in models.items()}
    finite = {lr: mean for lr, mean in means.items() if math.isfinite(mean)}
    if not finite:
        return min(rates), [math.nan] * len(seeds)
    lr = min(finite, key=finite.get)
    return lr, [test(m) for m in models[lr]]
