"""0/1: splits gamma^(T-1) from gamma^-m, which overflows on long prompts."""


def prefill(k, v, log_gamma, state=None):
    T, dtype = k.shape[2], log_gamma.dtype
    exponent = torch.arange(T - 1, -1, -1, dtype=dtype, device=k.device)
    m = exponent.flip(0)
    zeta = (log_gamma[:, None] * (T - 1)).exp() * (-log_gamma[:, None] * m).exp()
    S = torch.einsum("ht,bhtk,bhtv->bhkv", zeta, k.to(dtype), v.to(dtype))
    if state is not None:
        S = S + (log_gamma * T).exp()[:, None, None] * state
    return S
