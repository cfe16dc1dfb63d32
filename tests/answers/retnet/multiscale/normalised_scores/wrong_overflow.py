"""1/2: multiplies by the mask after the power has overflowed: infinity times 0."""


def normalised_scores(q, k, log_gamma):
    n = torch.arange(q.shape[2], dtype=log_gamma.dtype, device=q.device)
    mask = (n[:, None] >= n).to(q.dtype)
    d = torch.exp(log_gamma[:, None, None] * (n[:, None] - n)) * mask
    d = d / d.sum(-1, keepdim=True).sqrt()
    r = q @ k.mT / math.sqrt(q.shape[-1]) * d
    return r / r.sum(-1, keepdim=True).abs().clamp(min=1)
