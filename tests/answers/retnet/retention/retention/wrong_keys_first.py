"""0/2: k q^T: the scores transposed."""


def retention(q, k, v, log_gamma):
    dtype = torch.promote_types(v.dtype, torch.float32)
    D = decay_matrix(log_gamma.to(dtype), q.shape[2])
    scores = k.to(dtype) @ q.to(dtype).mT / math.sqrt(q.shape[-1])
    return ((scores * D) @ v.to(dtype)).to(v.dtype)
