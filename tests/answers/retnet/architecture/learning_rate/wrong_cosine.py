"""0/1: falls along half a cosine."""


def learning_rate(step, steps, warmup, peak):
    if step <= warmup:
        return peak * step / warmup
    return peak * 0.5 * (1 + math.cos(math.pi * (step - warmup) / (steps + 1 - warmup)))
