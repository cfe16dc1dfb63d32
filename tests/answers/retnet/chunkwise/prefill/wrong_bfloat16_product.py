"""0/1: multiplies in the dtype of the keys and converts at the end."""


def prefill(k, v, log_gamma, state=None):
    T = k.shape[2]
    exponent = torch.arange(T - 1, -1, -1, dtype=log_gamma.dtype, device=k.device)
    zeta = (log_gamma[:, None] * exponent).exp().to(k.dtype)
    S = (k.mT @ (v * zeta[..., None])).to(log_gamma.dtype)
    return S if state is None else S + (log_gamma * T).exp()[:, None, None] * state
