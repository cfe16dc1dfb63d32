"""2/2: einsum, and the decay as a masked exponent."""


def retention(q, k, v, log_gamma):
    dtype = torch.float64 if v.dtype == torch.float64 else torch.float32
    q, k, w, x = (t.to(dtype) for t in (q, k, v, log_gamma))
    n = torch.arange(q.size(2), device=q.device)
    exponent = x[:, None, None] * (n[:, None] - n)
    exponent = exponent.masked_fill(n[:, None] < n, float("-inf"))
    scores = torch.einsum("bhnd,bhmd->bhnm", q, k) * exponent.exp()
    return (torch.einsum("bhnm,bhme->bhne", scores, w) / math.sqrt(q.size(-1))).to(v.dtype)
