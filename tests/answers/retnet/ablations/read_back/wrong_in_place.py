"""1/3: normalises the caller's keys."""


def read_back(keys, values):
    with torch.no_grad():
        keys /= keys.norm(dim=1, keepdim=True)
    return keys @ (keys.T @ values)
