"""2/2: cumulative products with itertools."""


def steps_to_half(lrs, weight_decay):
    from itertools import accumulate

    factors = (abs(1 - lr * weight_decay) for lr in lrs)
    for step, left in enumerate(accumulate(factors, lambda a, b: a * b), 1):
        if left <= 0.5:
            return step
