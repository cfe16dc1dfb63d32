"""3/3: pair by pair."""


def read_back(keys, values):
    units = [k / k.square().sum().sqrt() for k in keys]
    S = torch.zeros(keys.shape[1], values.shape[1], dtype=values.dtype, device=values.device)
    for k, v in zip(units, values):
        S = S + torch.outer(k, v)
    return torch.stack([k @ S for k in units])
