"""0/2: eats the caller's list."""


def steps_to_half(lrs, weight_decay):
    left, step = 1.0, 0
    while lrs:
        left *= abs(1 - lrs.pop(0) * weight_decay)
        step += 1
        if left <= 0.5:
            return step
    return None
