"""0/2: the index of the step, from 0."""


def steps_to_half(lrs, weight_decay):
    left = 1.0
    for step, lr in enumerate(lrs):
        left *= abs(1 - lr * weight_decay)
        if left <= 0.5:
            return step
    return None
