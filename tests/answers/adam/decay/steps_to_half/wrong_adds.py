"""0/2: adds the shares up to one half: decay is not linear."""


def steps_to_half(lrs, weight_decay):
    lost = 0.0
    for step, lr in enumerate(lrs, 1):
        lost += lr * weight_decay
        if lost >= 0.5:
            return step
    return None
