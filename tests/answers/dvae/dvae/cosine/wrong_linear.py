"""0/1: a straight line: right at both ends and in the middle, wrong between."""


def cosine(step, steps, start, end):
    return start + (end - start) * min(step / steps, 1.0)
