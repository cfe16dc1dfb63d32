"""0/1: reaches 0 in the last step, which then moves nothing."""


def learning_rate(step, steps, warmup, peak):
    if step <= warmup:
        return peak * step / warmup
    return peak * (steps - step) / (steps - warmup)
