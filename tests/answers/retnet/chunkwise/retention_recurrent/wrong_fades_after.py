"""0/2: fades what it has just written too: S_n = gamma (S_(n-1) + K^T V)."""


def retention_recurrent(q, k, v, log_gamma, state=None):
    gamma = log_gamma.exp()[:, None, None]
    if state is None:
        state = torch.zeros(*v.shape[:2], k.shape[-1], v.shape[-1], dtype=v.dtype, device=v.device)
    outputs = []
    for q_n, k_n, v_n in zip(q.unbind(2), k.unbind(2), v.unbind(2)):
        state = gamma * (state + k_n.unsqueeze(-1) * v_n.unsqueeze(-2))
        outputs.append((q_n.unsqueeze(-2) @ state).squeeze(-2) / math.sqrt(q.shape[-1]))
    return torch.stack(outputs, 2), state
