"""3/3: all inner parts at once, after filling the end with zeros; then a short loop over states."""


def retention_chunkwise(q, k, v, log_gamma, chunk_size, state=None):
    B, H, T, d_k = q.shape
    C, d_v = min(chunk_size, T), v.shape[-1]
    N = -(-T // C)
    pad = N * C - T
    q, k, v = (torch.nn.functional.pad(x, (0, 0, 0, pad)) for x in (q / math.sqrt(d_k), k, v))
    q, k, v = (x.reshape(B, H, N, C, x.shape[-1]) for x in (q, k, v))
    g = log_gamma[:, None, None]
    j = torch.arange(C, dtype=g.dtype, device=g.device)[:, None]
    D = torch.exp(g * (j - j.T).abs()).tril()
    inner = (q @ k.mT * D[:, None]) @ v
    writes = (k * torch.exp(g * (C - 1 - j))[:, None]).mT @ v
    S = v.new_zeros(B, H, d_k, d_v) if state is None else state
    states = []
    for i in range(N):
        states.append(S)
        S = torch.exp(g * C) * S + writes[:, :, i]
    out = inner + (q @ torch.stack(states, 2)) * torch.exp(g * (j + 1))[:, None]
    # zeros have been written after the end, but the state has faded meanwhile
    return out.reshape(B, H, N * C, d_v)[:, :, :T], S * torch.exp(-g * pad)
