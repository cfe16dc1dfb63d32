"""0/1: nothing fades within the prompt: the paper's first version."""


def prefill(k, v, log_gamma, state=None):
    T, dtype = k.shape[2], log_gamma.dtype
    exponent = torch.arange(T - 1, -1, -1, dtype=dtype, device=k.device)
    zeta = torch.ones_like(log_gamma[:, None] * exponent)
    S = torch.einsum("ht,bhtk,bhtv->bhkv", zeta, k.to(dtype), v.to(dtype))
    if state is not None:
        S = S + (log_gamma * T).exp()[:, None, None] * state
    return S
