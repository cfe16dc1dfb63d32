"""0/2: the third normaliser from the scores before the second."""


def normalised_scores(q, k, log_gamma):
    n = torch.arange(q.shape[2], dtype=log_gamma.dtype, device=q.device)
    distance = (n[:, None] - n).clamp(min=0)
    d = torch.exp(log_gamma[:, None, None] * distance).tril()
    r = q @ k.mT / math.sqrt(q.shape[-1]) * d
    largest = r.sum(-1, keepdim=True).abs().clamp(min=1)
    return r / d.sum(-1, keepdim=True).sqrt() / largest
