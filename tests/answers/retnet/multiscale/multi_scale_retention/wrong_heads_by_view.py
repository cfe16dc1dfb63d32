"""0/2: splits the heads by a view to (B, H, T, d), without a transpose."""


def multi_scale_retention(x, w_q, w_k, w_v, w_g, w_o, log_gamma, eps):
    heads, (B, T, _) = len(log_gamma), x.shape
    q, k, v = ((x @ w).view(B, heads, T, -1) for w in (w_q, w_k, w_v))
    n = torch.arange(T, dtype=log_gamma.dtype, device=x.device)
    d = torch.exp(log_gamma[:, None, None] * (n[:, None] - n).clamp(min=0)).tril()
    y = (q @ k.mT / math.sqrt(q.shape[-1]) * d) @ v
    y = torch.nn.functional.layer_norm(y, y.shape[-1:], eps=eps)
    y = y.transpose(1, 2).flatten(2)
    return (torch.nn.functional.silu(x @ w_g) * y) @ w_o
