"""0/3: keys as they are."""


def read_back(keys, values):
    return keys @ (keys.T @ values)
