"""1/2: the state as (d_v, d_k), which the returned shape gives away."""


def retention_recurrent(q, k, v, log_gamma, state=None):
    gamma = log_gamma.exp()[:, None, None]
    if state is None:
        state = v.new_zeros(*v.shape[:2], v.shape[-1], k.shape[-1])
    outputs = []
    for n in range(q.shape[2]):
        state = gamma * state + v[:, :, n, :, None] * k[:, :, n, None, :]
        outputs.append((state @ q[:, :, n, :, None]).squeeze(-1) / math.sqrt(q.shape[-1]))
    return torch.stack(outputs, 2), state
