"""1/3: everything in float32."""


def read_back(keys, values):
    k = keys.float()
    k = k / k.norm(dim=1, keepdim=True)
    return (k @ (k.T @ values.float())).to(values.dtype)
