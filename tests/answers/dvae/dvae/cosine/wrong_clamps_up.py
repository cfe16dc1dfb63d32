"""0/1: stops the curve with max(value, end), which only works where it falls."""


def cosine(step, steps, start, end):
    value = end + (start - end) * (1 + math.cos(math.pi * step / steps)) / 2
    return value if step < steps else max(value, end)
