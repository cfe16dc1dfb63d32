"""1/2: computes in the dtype of v: scores and D are rounded before they are summed."""


def retention(q, k, v, log_gamma):
    D = decay_matrix(log_gamma, q.shape[2]).to(v.dtype)
    scores = q @ k.mT / math.sqrt(q.shape[-1])
    return (scores * D) @ v
