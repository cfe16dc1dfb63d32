"""0/3: 1 / sqrt(d_k), as the scores of a layer have."""


def read_back(keys, values):
    k = keys / keys.norm(dim=1, keepdim=True)
    return k @ (k.T @ values) / keys.shape[1] ** 0.5
