"""0/1: counts steps from 0: the first step is wasted and the peak comes late."""


def learning_rate(step, steps, warmup, peak):
    step = step - 1
    if step < warmup:
        return peak * step / warmup
    return peak * (steps - step) / (steps - warmup + 1e-12)
