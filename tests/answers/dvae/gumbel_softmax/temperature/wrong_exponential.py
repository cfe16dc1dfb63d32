"""0/2: exponential, which cannot rise from 0."""


def temperature(step, steps, start=1.0, end=1 / 16):
    if step >= steps:
        return end
    return start * (end / start) ** (step / steps)
