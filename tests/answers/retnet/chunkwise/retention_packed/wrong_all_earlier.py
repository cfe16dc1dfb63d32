"""0/2: sees earlier documents: <= where == belongs."""


def retention_packed(q, k, v, log_gamma, document):
    real = (document >= 0)[:, None, :, None]
    q, k, v = (x.masked_fill(~real, 0) for x in (q, k, v))
    n = torch.arange(q.shape[2], dtype=log_gamma.dtype, device=log_gamma.device)
    D = torch.exp(log_gamma[:, None, None] * (n[:, None] - n).clamp(min=0)).tril()
    same = document[:, None, :, None] >= document[:, None, None, :]
    return (q @ k.mT / math.sqrt(q.shape[-1]) * D * same) @ v
