"""0/3: returns the values: a memory without limits."""


def read_back(keys, values):
    return values.clone()
