"""0/2: leaves 1 / sqrt(d_k) out."""


def retention(q, k, v, log_gamma):
    dtype = torch.promote_types(v.dtype, torch.float32)
    D = decay_matrix(log_gamma.to(dtype), q.shape[2])
    return (((q.to(dtype) @ k.to(dtype).mT) * D) @ v.to(dtype)).to(v.dtype)
