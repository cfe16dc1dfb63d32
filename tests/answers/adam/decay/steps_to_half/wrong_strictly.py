"""0/2: strictly below half."""


def steps_to_half(lrs, weight_decay):
    left = 1.0
    for step, lr in enumerate(lrs, 1):
        left *= abs(1 - lr * weight_decay)
        if left < 0.5:
            return step
    return None
