"""1/3: computes without a graph."""


def read_back(keys, values):
    with torch.no_grad():
        k = keys / keys.norm(dim=1, keepdim=True)
        return k @ (k.T @ values)
