"""1/2: the cosine comes back up after the end."""


def temperature(step, steps, start=1.0, end=1 / 16):
    return end + 0.5 * (start - end) * (1 + math.cos(math.pi * step / max(steps, 1)))
