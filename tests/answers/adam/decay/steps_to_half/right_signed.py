"""2/2: multiplies the weight itself and compares its absolute value."""


def steps_to_half(lrs, weight_decay):
    weight, steps = 1.0, 0
    while steps < len(lrs):
        weight -= lrs[steps] * weight_decay * weight
        steps += 1
        if abs(weight) <= 0.5:
            return steps
    return None
