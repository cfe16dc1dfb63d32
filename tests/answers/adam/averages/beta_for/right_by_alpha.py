"""1/1: through alpha."""


def beta_for(noise):
    if noise > 0 and noise <= 1:
        alpha = 2 * noise / (1 + noise)
        return 1 - alpha
    raise ValueError(noise)
