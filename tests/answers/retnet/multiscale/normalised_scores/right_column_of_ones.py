"""2/2: the factors of the rows first, the scores once."""


def normalised_scores(q, k, log_gamma):
    n = torch.arange(q.shape[2], dtype=q.dtype, device=q.device)
    lags = n[:, None] - n
    power = (log_gamma.view(-1, 1, 1) * lags).masked_fill(lags < 0, -math.inf).exp()
    raw = torch.einsum("bhnd,bhmd->bhnm", q * q.shape[-1] ** -0.5, k) * power
    root = torch.cumsum(torch.exp(log_gamma[:, None] * n), -1).sqrt()[..., None]  # (H, T, 1)
    total = raw.sum(-1, keepdim=True) / root
    return raw / root / total.abs().clamp_min(1.0)
