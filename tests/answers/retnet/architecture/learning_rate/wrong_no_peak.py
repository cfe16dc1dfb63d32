"""0/1: the share of the peak, without the peak."""


def learning_rate(step, steps, warmup, peak):
    if step <= warmup:
        return step / warmup
    return (steps + 1 - step) / (steps + 1 - warmup)
