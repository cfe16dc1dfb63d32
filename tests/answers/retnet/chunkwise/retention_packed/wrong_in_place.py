"""1/2: writes zeros into the arguments."""


def retention_packed(q, k, v, log_gamma, document):
    real = (document >= 0)[:, None, :, None]
    [x.masked_fill_(~real, 0) for x in (q, k, v)]
    S = torch.zeros(*v.shape[:2], k.shape[-1], v.shape[-1], dtype=v.dtype, device=v.device)
    outputs = []
    for n in range(q.shape[2]):
        if n:
            new = document[:, n] != document[:, n - 1]
            S = torch.where(new[:, None, None, None], torch.zeros_like(S), S)
        S = log_gamma.exp()[:, None, None] * S + k[:, :, n, :, None] * v[:, :, n, None]
        outputs.append(q[:, :, n, None] @ S / math.sqrt(q.shape[-1]))
    return torch.cat(outputs, 2)
