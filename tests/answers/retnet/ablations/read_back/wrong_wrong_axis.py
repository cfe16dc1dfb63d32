"""0/3: normalises the columns."""


def read_back(keys, values):
    k = keys / keys.norm(dim=0, keepdim=True)
    return k @ (k.T @ values)
