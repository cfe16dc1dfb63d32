"""1/2: clamps with max, which cannot stop a schedule that rises."""


def temperature(step, steps, start=1.0, end=1 / 16):
    if steps == 0:
        return end
    if step > steps and start > end:
        return end
    return end + 0.5 * (start - end) * (1 + math.cos(math.pi * step / steps))
