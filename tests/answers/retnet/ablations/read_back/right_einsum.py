"""3/3: einsum, and F.normalize."""


def read_back(keys, values):
    k = torch.nn.functional.normalize(keys, dim=-1)
    S = torch.einsum("nk,nv->kv", k, values)
    return torch.einsum("nk,kv->nv", k, S)
