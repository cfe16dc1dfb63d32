"""0/2: a whole period of the cosine."""


def temperature(step, steps, start=1.0, end=1 / 16):
    done = min(step / max(steps, 1), 1.0)
    return end + 0.5 * (start - end) * (1 + math.cos(2 * math.pi * done))
