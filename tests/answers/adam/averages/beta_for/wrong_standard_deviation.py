"""0/1: reads the share as one of the standard deviation."""


def beta_for(noise):
    if not 0 < noise <= 1:
        raise ValueError(noise)
    return (1 - noise**2) / (1 + noise**2)
