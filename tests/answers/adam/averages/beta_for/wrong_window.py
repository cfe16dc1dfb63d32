"""0/1: a window of 1 / (1 - beta) values, as if their noise averaged like a plain mean's."""


def beta_for(noise):
    if not 0 < noise <= 1:
        raise ValueError(noise)
    return 1 - noise
