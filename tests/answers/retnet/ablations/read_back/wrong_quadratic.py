"""2/3: all overlaps of all keys, N x N."""


def read_back(keys, values):
    k = keys / keys.norm(dim=1, keepdim=True)
    return (k @ k.T) @ values
