"""0/2: the gate before the norm, which takes its size out again."""


def multi_scale_retention(x, w_q, w_k, w_v, w_g, w_o, log_gamma, eps):
    heads = len(log_gamma)
    q, k, v = ((x @ w).unflatten(-1, (heads, -1)).transpose(1, 2) for w in (w_q, w_k, w_v))
    n = torch.arange(x.shape[1], dtype=log_gamma.dtype, device=x.device)
    d = torch.exp(log_gamma[:, None, None] * (n[:, None] - n).clamp(min=0)).tril()
    y = (q @ k.mT / math.sqrt(q.shape[-1]) * d) @ v
    gate = torch.nn.functional.silu(x @ w_g).unflatten(-1, (heads, -1)).transpose(1, 2)
    y = torch.nn.functional.layer_norm(y * gate, y.shape[-1:], eps=eps)
    return y.transpose(1, 2).flatten(2) @ w_o
