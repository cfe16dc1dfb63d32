"""2/2: clips the share of the way that is done."""


def temperature(step, steps, start=1.0, end=1 / 16):
    done = min(step / steps, 1.0) if steps else 1.0
    warm = math.cos(math.pi * done / 2) ** 2
    return start * warm + end * (1 - warm)
