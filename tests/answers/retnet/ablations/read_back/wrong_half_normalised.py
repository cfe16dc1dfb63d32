"""0/3: writes normalised keys and reads with raw ones."""


def read_back(keys, values):
    k = keys / keys.norm(dim=1, keepdim=True)
    return keys @ (k.T @ values)
