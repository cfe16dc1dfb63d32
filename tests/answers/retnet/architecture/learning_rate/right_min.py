"""1/1: the lower of two lines."""


def learning_rate(step, steps, warmup, peak):
    return peak * min(step / warmup, (steps + 1 - step) / (steps + 1 - warmup))
