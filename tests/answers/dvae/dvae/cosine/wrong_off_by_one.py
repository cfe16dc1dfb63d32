"""0/1: reaches the end one step early."""


def cosine(step, steps, start, end):
    done = min(step / max(steps - 1, 1), 1.0)
    return end + (start - end) * (1 + math.cos(math.pi * done)) / 2
