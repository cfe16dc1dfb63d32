"""0/1: at the peak one step early."""


def learning_rate(step, steps, warmup, peak):
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * (steps + 1 - step) / (steps + 1 - warmup)
