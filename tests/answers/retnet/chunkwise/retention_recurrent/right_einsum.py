"""2/2: einsum for both products, the queries scaled before."""


def retention_recurrent(q, k, v, log_gamma, state=None):
    B, H, T, d_k = q.shape
    q = q * d_k**-0.5
    S = q.new_zeros(B, H, d_k, v.shape[-1]) if state is None else state.clone()
    out = torch.empty(B, H, T, v.shape[-1], dtype=v.dtype, device=v.device)
    for n in range(T):
        S = torch.einsum("h,bhkv->bhkv", log_gamma.exp(), S)
        S = S + torch.einsum("bhk,bhv->bhkv", k[:, :, n], v[:, :, n])
        out[:, :, n] = torch.einsum("bhk,bhkv->bhv", q[:, :, n], S)
    return out, S
