"""1/2: a straight line; the end is right."""


def temperature(step, steps, start=1.0, end=1 / 16):
    if step >= steps:
        return end
    return start + (end - start) * step / steps
