"""0/2: decay without a mask: |n - m| in both directions."""


def retention(q, k, v, log_gamma):
    dtype = torch.promote_types(v.dtype, torch.float32)
    n = torch.arange(q.shape[2], device=q.device)
    D = torch.exp(log_gamma.to(dtype)[:, None, None] * (n[:, None] - n).abs())
    scores = q.to(dtype) @ k.to(dtype).mT / math.sqrt(q.shape[-1])
    return ((scores * D) @ v.to(dtype)).to(v.dtype)
