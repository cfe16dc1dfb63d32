"""0/3: reads each pair when it is written: later ones do not disturb."""


def read_back(keys, values):
    k = keys / keys.norm(dim=1, keepdim=True)
    S = torch.zeros(keys.shape[1], values.shape[1], dtype=values.dtype, device=values.device)
    out = []
    for key, v in zip(k, values):
        S = S + torch.outer(key, v)
        out.append(key @ S)
    return torch.stack(out)
