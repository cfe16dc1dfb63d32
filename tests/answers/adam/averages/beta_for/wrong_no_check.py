"""0/1: answers every wish."""


def beta_for(noise):
    return (1 - noise) / (1 + noise)
