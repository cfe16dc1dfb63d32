"""0/2: chooses by the test part."""


def fair_scores(fit, rates, seeds, validate, test):
    scores = {lr: [test(fit(lr, seed)) for seed in seeds] for lr in sorted(rates)}
    finite = {lr: s for lr, s in scores.items() if all(map(math.isfinite, s))}
    if not finite:
        raise ValueError("diverged")
    lr = min(finite, key=lambda lr: sum(finite[lr]))
    return lr, finite[lr]
