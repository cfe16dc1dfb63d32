"""0/1: no decay."""


def learning_rate(step, steps, warmup, peak):
    return peak * min(1.0, step / warmup)
