"""2/2: starts from the start."""


def temperature(step, steps, start=1.0, end=1 / 16):
    if steps <= step:
        return float(end)
    return start - (start - end) * (1 - math.cos(math.pi * step / steps)) / 2
