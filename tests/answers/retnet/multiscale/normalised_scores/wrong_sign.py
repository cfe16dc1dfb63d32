"""0/2: clamps the sum itself: a row below -1 is left as it is."""


def normalised_scores(q, k, log_gamma):
    n = torch.arange(q.shape[2], dtype=log_gamma.dtype, device=q.device)
    distance = (n[:, None] - n).clamp(min=0)
    d = torch.exp(log_gamma[:, None, None] * distance).tril()
    d = d / d.sum(-1, keepdim=True).sqrt()
    r = q @ k.mT / math.sqrt(q.shape[-1]) * d
    return r / r.sum(-1, keepdim=True).clamp(min=1)
