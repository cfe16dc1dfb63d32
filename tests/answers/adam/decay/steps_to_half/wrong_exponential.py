"""0/2: exp(-sum) instead of the product; right for small shares only."""


def steps_to_half(lrs, weight_decay):
    import math

    total = 0.0
    for step, lr in enumerate(lrs, 1):
        total += lr * weight_decay
        if math.exp(-total) <= 0.5:
            return step
    return None
