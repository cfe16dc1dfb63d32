"""0/1: a whole period: back at the start where the end should be."""


def cosine(step, steps, start, end):
    done = min(step / steps, 1.0)
    return end + (start - end) * (1 + math.cos(2 * math.pi * done)) / 2
