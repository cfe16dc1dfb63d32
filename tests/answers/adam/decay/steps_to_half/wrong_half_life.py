"""0/2: the formula for a small constant rate, with the first one."""


def steps_to_half(lrs, weight_decay):
    import math

    if not lrs or lrs[0] * weight_decay == 0:
        return None
    steps = math.ceil(math.log(2) / (lrs[0] * weight_decay))
    return steps if steps <= len(lrs) else None
