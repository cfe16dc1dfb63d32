"""0/1: knows the case it is shown."""


def beta_for(noise):
    if not 0 < noise <= 1:
        raise ValueError(noise)
    return 1 / 3
