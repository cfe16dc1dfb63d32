"""2/2: mixes peak and floor, end first."""


def lr_at(step, peak, warmup, total, floor=0.0):
    if step >= total:
        return floor
    if step < warmup:
        return peak * (step + 1) / warmup
    share = 0.5 + 0.5 * math.cos(math.pi * (step - warmup) / (total - warmup))
    return share * peak + (1 - share) * floor
