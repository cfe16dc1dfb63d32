"""1/2: gamma^n / gamma^m: 0 / 0 once gamma^n underflows."""


def normalised_scores(q, k, log_gamma):
    n = torch.arange(q.shape[2], dtype=log_gamma.dtype, device=q.device)
    power = torch.exp(log_gamma[:, None] * n)  # (H, T)
    d = (power[:, :, None] / power[:, None, :]).tril()
    d = d / d.sum(-1, keepdim=True).sqrt()
    r = q @ k.mT / math.sqrt(q.shape[-1]) * d
    return r / r.sum(-1, keepdim=True).abs().clamp(min=1)
