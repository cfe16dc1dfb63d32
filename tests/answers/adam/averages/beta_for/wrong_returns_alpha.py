"""0/1: returns alpha."""


def beta_for(noise):
    if not 0 < noise <= 1:
        raise ValueError(noise)
    return 2 * noise / (1 + noise)
