"""0/1: refuses to leave all noise, which beta 0 does."""


def beta_for(noise):
    if not 0 < noise < 1:
        raise ValueError(noise)
    return (1 - noise) / (1 + noise)
