"""1/2: of equal rates the first in the list."""


def fair_scores(fit, rates, seeds, validate, test):
    models = {lr: [fit(lr, seed) for seed in seeds] for lr in rates}
    means = {lr: sum(map(validate, ms)) / len(ms) for lr, ms in models.items()}
    means = {lr: mean for lr, mean in means.items() if math.isfinite(mean)}
    if not means:
        raise ValueError("diverged")
    lr = min(means, key=means.get)
    return lr, [test(m) for m in models[lr]]
