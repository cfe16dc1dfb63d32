"""0/2: keeps the softmax of attention."""


def retention(q, k, v, log_gamma):
    dtype = torch.promote_types(v.dtype, torch.float32)
    scores = q.to(dtype) @ k.to(dtype).mT / math.sqrt(q.shape[-1])
    D = decay_matrix(log_gamma.to(dtype), q.shape[2])
    scores = scores.masked_fill(D == 0, float("-inf")).softmax(-1)
    return ((scores * D) @ v.to(dtype)).to(v.dtype)
