"""0/2: has 1 and 1/16 built in."""


def temperature(step, steps, start=1.0, end=1 / 16):
    if step >= steps:
        return 1 / 16
    return 1 / 16 + 15 / 32 * (1 + math.cos(math.pi * step / steps))
