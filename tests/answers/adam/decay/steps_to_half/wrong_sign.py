"""0/2: forgets that a size is an absolute value."""


def steps_to_half(lrs, weight_decay):
    left = 1.0
    for step, lr in enumerate(lrs, 1):
        left *= 1 - lr * weight_decay
        if left <= 0.5:
            return step
    return None
