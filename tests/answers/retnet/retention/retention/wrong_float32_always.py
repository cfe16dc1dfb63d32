"""1/2: float32 for all: a float64 check of the algebra would drown in rounding."""


def retention(q, k, v, log_gamma):
    D = decay_matrix(log_gamma.float(), q.shape[2])
    scores = q.float() @ k.float().mT / math.sqrt(q.shape[-1])
    return ((scores * D) @ v.float()).to(v.dtype)
