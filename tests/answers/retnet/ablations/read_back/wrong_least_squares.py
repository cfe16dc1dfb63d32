"""0/3: the best state for these pairs, not the one that was written."""


def read_back(keys, values):
    k = keys / keys.norm(dim=1, keepdim=True)
    return k @ (torch.linalg.pinv(k) @ values)
