"""0/2: decays by weight_decay, without lr."""


def steps_to_half(lrs, weight_decay):
    left = 1.0
    for step in range(1, len(lrs) + 1):
        left *= abs(1 - weight_decay)
        if left <= 0.5:
            return step
    return None
