"""2/2: the recurrent form, a norm by hand."""


def multi_scale_retention(x, w_q, w_k, w_v, w_g, w_o, log_gamma, eps):
    B, T, d_model = x.shape
    H = log_gamma.shape[0]
    q = (x @ w_q).view(B, T, H, -1)
    k = (x @ w_k).view(B, T, H, -1)
    v = (x @ w_v).view(B, T, H, -1)
    state = torch.zeros(B, H, d_model // H, 2 * d_model // H, dtype=x.dtype, device=x.device)
    outputs = []
    for n in range(T):
        state = log_gamma.exp().view(H, 1, 1) * state
        state = state + k[:, n].unsqueeze(-1) * v[:, n].unsqueeze(-2)
        o = torch.einsum("bhk,bhkv->bhv", q[:, n], state) / (d_model // H) ** 0.5
        o = o - o.mean(-1, keepdim=True)
        o = o / (o.pow(2).mean(-1, keepdim=True) + eps).sqrt()
        outputs.append(o.reshape(B, -1))
    gate = x @ w_g
    return (gate * torch.sigmoid(gate) * torch.stack(outputs, 1)) @ w_o
