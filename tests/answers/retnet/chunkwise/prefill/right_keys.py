"""1/1: fades the keys, and gives the state a zero to start from."""


def prefill(k, v, log_gamma, state=None):
    k, v = k.to(log_gamma), v.to(log_gamma)
    g = log_gamma.exp()[:, None, None]
    if state is None:
        state = 0.0
    n = torch.arange(k.size(2), device=k.device).flip(0)[:, None]
    return (k * g**n).transpose(2, 3).matmul(v) + g ** k.size(2) * state
