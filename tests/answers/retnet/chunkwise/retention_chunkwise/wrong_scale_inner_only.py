"""0/3: 1/sqrt(d_k) in the scores and not in the read of the state."""


def one(q, k, v, g, state):
    n = torch.arange(q.shape[2], dtype=g.dtype, device=g.device)[:, None]
    D = torch.tril(torch.exp(g * torch.clamp(n - n.T, min=0)))
    xi = torch.exp(g * (n + 1))
    zeta = torch.exp(g * (len(n) - 1 - n))
    new = torch.exp(g * len(n)) * state + k.mT @ (zeta * v)
    return (D * (q @ k.mT)) @ v / math.sqrt(q.shape[-1]) + xi * (q @ state), new


def retention_chunkwise(q, k, v, log_gamma, chunk_size, state=None):
    q, g, T = q, log_gamma[:, None, None], q.shape[2]
    if state is None:
        state = torch.zeros(*v.shape[:2], k.shape[3], v.shape[3], dtype=v.dtype, device=v.device)
    outputs = []
    for start in range(0, T, chunk_size):
        part = slice(start, start + chunk_size)
        out, state = one(q[:, :, part], k[:, :, part], v[:, :, part], g, state)
        outputs.append(out)
    return torch.cat(outputs, 2), state
