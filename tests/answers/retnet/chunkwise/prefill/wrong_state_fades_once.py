"""0/1: the state before fades by gamma, not by gamma^T."""


def prefill(k, v, log_gamma, state=None):
    T, dtype = k.shape[2], log_gamma.dtype
    exponent = torch.arange(T - 1, -1, -1, dtype=dtype, device=k.device)
    zeta = (log_gamma[:, None] * exponent).exp()
    S = torch.einsum("ht,bhtk,bhtv->bhkv", zeta, k.to(dtype), v.to(dtype))
    if state is not None:
        S = S + log_gamma.exp()[:, None, None] * state
    return S
