"""2/2: one mask for the future, other documents and padding; zeros for what may be NaN."""


def retention_packed(q, k, v, log_gamma, document):
    real = document[:, None, :, None] != -1
    q, k, v = (torch.where(real, x, x.new_zeros(())) for x in (q, k, v))
    T = q.shape[2]
    n = torch.arange(T, device=q.device)
    gap = n[:, None] - n
    seen = (gap >= 0) & (document.unsqueeze(2) == document.unsqueeze(1))
    weights = log_gamma.exp().view(-1, 1, 1) ** gap.clamp(min=0)
    scores = torch.einsum("bhnd,bhmd->bhnm", q, k) * weights / math.sqrt(q.shape[3])
    return scores.masked_fill(~seen[:, None], 0) @ v
