"""1/2: nothing ends the cosine, which rises again after total (and 0/0 without a decay)."""


def lr_at(step, peak, warmup, total, floor=0.0):
    if step < warmup:
        return peak * (step + 1) / warmup
    return floor + (peak - floor) * (1 + math.cos(math.pi * (step - warmup) / (total - warmup))) / 2
