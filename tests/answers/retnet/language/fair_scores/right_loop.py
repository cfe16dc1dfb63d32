"""2/2: one rate after another, keeping the best so far."""


def fair_scores(fit, rates, seeds, validate, test):
    best = None
    for lr in rates:
        models = [fit(lr, seed) for seed in seeds]
        values = [validate(model) for model in models]
        if not all(math.isfinite(v) for v in values):
            continue
        key = (sum(values) / len(values), lr)
        if best is None or key < best[0]:
            best = (key, models)
    if best is None:
        raise ValueError("no rate is left")
    (_, lr), models = best
    return lr, [test(model) for model in models]
