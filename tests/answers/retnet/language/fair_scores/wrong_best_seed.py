"""0/2: the rate of the single best run: the luckiest seed decides."""


def fair_scores(fit, rates, seeds, validate, test):
    models = {lr: [fit(lr, seed) for seed in seeds] for lr in sorted(rates)}
    values = {lr: [validate(m) for m in ms] for lr, ms in models.items()}
    finite = {lr: v for lr, v in values.items() if all(map(math.isfinite, v))}
    if not finite:
        raise ValueError("diverged")
    lr = min(finite, key=lambda lr: min(finite[lr]))
    return lr, [test(m) for m in models[lr]]
