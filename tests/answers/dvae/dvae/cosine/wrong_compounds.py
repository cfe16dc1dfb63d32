"""0/1: cools by a factor at every call, so that logging cools too."""

value = {}


def cosine(step, steps, start, end):
    if step == 0:
        value[0] = start
    else:
        value[0] = max(value.get(0, start) * (end / start) ** (1 / steps), end) if start else end
    return value[0]
