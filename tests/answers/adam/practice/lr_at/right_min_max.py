"""2/2: one expression for the fraction, clamped at both ends."""


def lr_at(step, peak, warmup, total, floor=0.0):
    if step < warmup:
        return peak / warmup * (step + 1)
    done = 1.0 if total <= warmup else min(1.0, (step - warmup) / (total - warmup))
    return floor + (peak - floor) * math.cos(math.pi / 2 * done) ** 2
