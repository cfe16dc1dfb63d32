"""0/2: tunes with the first seed only, as one does to save time; the task wants all."""


def fair_scores(fit, rates, seeds, validate, test):
    models = {lr: [fit(lr, seed) for seed in seeds] for lr in sorted(rates)}
    first = {lr: validate(ms[0]) for lr, ms in models.items()}
    finite = {lr: v for lr, v in first.items() if math.isfinite(v)}
    if not finite:
        raise ValueError("diverged")
    lr = min(finite, key=finite.get)
    return lr, [test(m) for m in models[lr]]
