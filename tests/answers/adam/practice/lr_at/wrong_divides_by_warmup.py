"""1/2: computes both branches first, and divides by a warm-up of 0."""


def lr_at(step, peak, warmup, total, floor=0.0):
    rising = peak * (step + 1) / warmup
    if step < warmup:
        return rising
    if step >= total:
        return floor
    return floor + (peak - floor) * (1 + math.cos(math.pi * (step - warmup) / (total - warmup))) / 2
