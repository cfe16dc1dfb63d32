"""1/1: searches, without any algebra."""


def beta_for(noise):
    if not (0.0 < noise <= 1.0):
        raise ValueError("noise must lie in (0, 1]")
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        alpha = 1 - middle
        if alpha / (2 - alpha) > noise:
            low = middle
        else:
            high = middle
    return low
