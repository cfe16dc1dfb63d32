"""1/1: the square of a sine of half the angle is the same curve."""

import math


def cosine(step, steps, start, end):
    part = min(step, steps) / steps
    return start + (end - start) * math.sin(part * math.pi / 2) ** 2
