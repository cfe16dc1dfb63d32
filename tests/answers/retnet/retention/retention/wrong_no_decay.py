"""0/2: causal linear attention: a mask, and no decay."""


def retention(q, k, v, log_gamma):
    dtype = torch.promote_types(v.dtype, torch.float32)
    scores = q.to(dtype) @ k.to(dtype).mT / math.sqrt(q.shape[-1])
    return (scores.tril() @ v.to(dtype)).to(v.dtype)
