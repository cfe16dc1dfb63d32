"""1/2: divides by zero if there is nothing to cool."""


def temperature(step, steps, start=1.0, end=1 / 16):
    done = min(step / steps, 1)
    return end + 0.5 * (start - end) * (1 + math.cos(math.pi * done))
