"""0/1: lets NaN through."""


def beta_for(noise):
    if noise <= 0 or noise > 1:
        raise ValueError(noise)
    return (1 - noise) / (1 + noise)
