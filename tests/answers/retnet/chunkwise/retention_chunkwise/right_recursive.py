"""3/3: the first chunk, then itself on the rest."""


def retention_chunkwise(q, k, v, log_gamma, chunk_size, state=None):
    g, c = log_gamma.exp().view(-1, 1, 1), min(chunk_size, q.size(2))
    j = torch.arange(c, device=q.device)
    gap = j.view(-1, 1) - j
    D = torch.where(gap >= 0, g ** gap.clamp(min=0), torch.zeros_like(g))
    a, b, x = q[:, :, :c], k[:, :, :c], v[:, :, :c]
    out = torch.matmul(torch.matmul(a, b.transpose(-1, -2)) * D, x)
    after = torch.matmul((b * g ** (c - 1 - j).view(-1, 1)).transpose(-1, -2), x)
    if state is not None:
        out = out + torch.matmul(a, state) * g ** (j + 1).view(-1, 1)
        after = after + g**c * state
    out = out / math.sqrt(q.size(-1))
    if c == q.size(2):
        return out, after
    rest, end = retention_chunkwise(
        q[:, :, c:], k[:, :, c:], v[:, :, c:], log_gamma, chunk_size, after
    )
    return torch.cat([out, rest], dim=2), end
