"""2/2: row by row."""


def normalised_scores(q, k, log_gamma):
    B, H, T, d_k = q.shape
    out = torch.zeros(B, H, T, T, dtype=q.dtype, device=q.device)
    for n in range(T):
        back = torch.arange(n, -1, -1, dtype=q.dtype, device=q.device)
        d = torch.exp(log_gamma[:, None] * back)
        d = d / d.sum(1, keepdim=True).sqrt()
        r = torch.einsum("bhd,bhmd->bhm", q[:, :, n], k[:, :, : n + 1]) / d_k**0.5 * d
        out[:, :, n, : n + 1] = r / torch.maximum(
            r.sum(-1, keepdim=True).abs(), torch.ones_like(r[..., :1])
        )
    return out
