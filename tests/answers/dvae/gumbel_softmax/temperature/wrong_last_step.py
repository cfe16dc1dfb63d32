"""0/2: arrives one step early."""


def temperature(step, steps, start=1.0, end=1 / 16):
    if step >= steps - 1:
        return end
    return end + 0.5 * (start - end) * (1 + math.cos(math.pi * step / (steps - 1)))
