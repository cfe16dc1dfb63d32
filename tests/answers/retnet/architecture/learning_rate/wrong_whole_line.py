"""0/1: a decay that started at step 1: jumps down after the warm-up."""


def learning_rate(step, steps, warmup, peak):
    if step <= warmup:
        return peak * step / warmup
    return peak * (steps + 1 - step) / steps
