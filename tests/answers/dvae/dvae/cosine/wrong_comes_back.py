"""0/1: no end: the cosine rises again after steps."""


def cosine(step, steps, start, end):
    return end + (start - end) * (1 + math.cos(math.pi * step / steps)) / 2
