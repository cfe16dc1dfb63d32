"""1/2: rounds gamma to the dtype of v: heads with a long memory forget nothing."""


def retention(q, k, v, log_gamma):
    dtype = torch.promote_types(v.dtype, torch.float32)
    gamma = log_gamma.exp().to(v.dtype).to(dtype)[:, None, None]
    n = torch.arange(q.shape[2], device=q.device)
    D = (gamma ** (n[:, None] - n).clamp(min=0)).tril()
    scores = q.to(dtype) @ k.to(dtype).mT / math.sqrt(q.shape[-1])
    return ((scores * D) @ v.to(dtype)).to(v.dtype)
